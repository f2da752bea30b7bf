# Waar reistijden op rusten: staat op elke bladzijde die ze gebruikt.
streets-source-osm = Reistijden langs de straten van OpenStreetMap. © OpenStreetMap-bijdragers, ODbL.
streets-source-nwb = Reistijden langs de wegen van het Nationaal Wegenbestand van Rijkswaterstaat.
streets-source-invented = Reistijden langs een verzonnen stratennet, alleen voor deze demo.
streets-source-none = Reistijden in een rechte lijn, met een toeslag voor de omweg. Er is nog geen stratennet ingelezen.
