# Road accidents (BRON): why a file or a row was not read.
accidents-stop-column = There is no column { $column }. This file has: { $have }. Download the file again from Rijkswaterstaat, or rename the column.
accidents-stop-year = There is no column with the year. Give the year when you import.
accidents-stop-part = The archive lacks { $name }. Use the whole file of Rijkswaterstaat.
accidents-row-point = The place of this accident is not known.
accidents-note-elsewhere = { $n } accidents lie outside the municipality and are not counted.
accidents-note-complete = Not all light accidents are registered.
