//! Embeds the browser packages' files that `static/assets.toml` names, and the fonts of documents.

#![allow(clippy::disallowed_methods, reason = "Cargo speaks to build scripts by the environment")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("../..").canonicalize()?;
    let list = root.join("static/assets.toml");
    println!("cargo:rerun-if-changed={}", list.display());
    println!("cargo:rerun-if-changed={}", root.join("package-lock.json").display());
    let table: toml::Table = std::fs::read_to_string(&list)?.parse()?;
    let mut code = String::from("/// Name and content of each file.\npub static PACKAGED: &[(&str, &[&[u8]])] = &[\n");
    for asset in table.get("asset").and_then(|a| a.as_array()).into_iter().flatten() {
        let name = asset.get("name").and_then(|n| n.as_str()).ok_or("an asset has no name")?;
        write!(code, "    ({name:?}, &[")?;
        for from in asset.get("from").and_then(|f| f.as_array()).into_iter().flatten() {
            write!(code, "include_bytes!({:?}),", existing(&root, from.as_str().unwrap_or_default())?)?;
        }
        code.push_str("]),\n");
    }
    code.push_str("];\n/// TrueType fonts of documents.\npub static FONTS: &[&[u8]] = &[\n");
    for font in ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"] {
        let from = format!("node_modules/@expo-google-fonts/noto-sans/{font}/NotoSans_{font}.ttf");
        writeln!(code, "    include_bytes!({:?}),", existing(&root, &from)?)?;
    }
    code.push_str("];\n");
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("packaged.rs"), code)?;
    Ok(())
}

fn existing(root: &Path, from: &str) -> Result<PathBuf, String> {
    let path = root.join(from);
    if path.is_file() { Ok(path) } else { Err(format!("{from} is missing: run `npm ci --ignore-scripts` first")) }
}
