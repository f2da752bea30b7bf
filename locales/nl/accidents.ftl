# Verkeersongevallen (BRON): waarom een bestand of regel niet is gelezen.
accidents-stop-column = Er is geen kolom { $column }. Dit bestand heeft: { $have }. Download het bestand opnieuw bij Rijkswaterstaat, of hernoem de kolom.
accidents-stop-year = Er is geen kolom met het jaar. Vul bij het inlezen het jaar in.
accidents-stop-part = In het zipbestand ontbreekt { $name }. Gebruik het hele bestand van Rijkswaterstaat.
accidents-row-point = Van dit ongeval is geen plek bekend.
accidents-note-elsewhere = { $n } ongevallen liggen buiten de gemeente en zijn niet geteld.
accidents-note-complete = Lichte ongevallen zijn niet allemaal geregistreerd.
