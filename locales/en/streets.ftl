# What travel times rest on: it stands on every page that uses them.
streets-source-osm = Travel times along the streets of OpenStreetMap. © OpenStreetMap contributors, ODbL.
streets-source-nwb = Travel times along the roads of the national road file (NWB) of Rijkswaterstaat.
streets-source-invented = Travel times along an invented street network, for this demo only.
streets-source-none = Travel times in a straight line, with an addition for the detour. No street network has been imported yet.
