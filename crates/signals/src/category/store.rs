//! SQL of categories.

use super::Category;
use kit::{Result, Tx, args};

/// Puts the municipality's categories in place of what was there.
pub(super) async fn replace(tx: &mut Tx, municipality: &str, categories: &[Category]) -> Result<()> {
    tx.run("delete from category where municipality = $1", args![municipality]).await?;
    let values = categories.iter().flat_map(|c| args![municipality, &c.id, &c.main, &c.priority]).collect();
    tx.insert_many("insert into category (municipality, id, main, priority)", "", 4, values).await?;
    Ok(())
}
