mod import;
mod links;
