//! Fetches a table from its address as one file: a zip with every answer as it came, the same bytes for the same answers.

use crate::config::{Dataset, OdataColumns, Scope};
use crate::model::Said;
use crate::source::{self, Stop};
use kit::fetch::{Answer, FetchFault, Http};
use serde_json::Value;
use site::layers::encode;
use std::io::Write as _;

/// Rows of one page when the configuration does not say; the platform refuses more than 10,000.
const PAGE: usize = 5_000;
/// After so many pages something is wrong.
const MOST_PAGES: usize = 2_000;

/// Why nothing came.
#[derive(Debug)]
pub enum NoFile {
    /// The network, or the server's status.
    Fetch(FetchFault),
    /// What came is no table.
    Stop(Stop),
}

impl From<FetchFault> for NoFile {
    fn from(fault: FetchFault) -> Self {
        Self::Fetch(fault)
    }
}

impl From<Stop> for NoFile {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

/// A file that was fetched.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The server's mark of this version.
    pub etag: String,
    /// When the server says that it changed.
    pub modified: String,
}

/// What the server said of the version that is here.
#[derive(Clone, Copy, Debug, Default)]
pub struct Previous<'a> {
    /// Its mark.
    pub etag: &'a str,
    /// When it changed.
    pub modified: &'a str,
}

/// Gets `url` unless the server says that it is the previous version; `None` is "nothing changed".
///
/// # Errors
/// See [`NoFile`].
pub async fn file(http: &Http, url: &str, previous: Previous<'_>) -> Result<Option<Fetched>, NoFile> {
    let Some(answer) = conditional(http, url, previous).await? else { return Ok(None) };
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let name = path.rsplit('/').find(|p| !p.is_empty()).unwrap_or("file").chars().take(100).collect();
    Ok(Some(Fetched {
        name,
        media_type: answer.header("content-type").to_owned(),
        etag: answer.header("etag").to_owned(),
        modified: answer.header("last-modified").to_owned(),
        bytes: answer.body,
    }))
}

async fn conditional(http: &Http, url: &str, previous: Previous<'_>) -> Result<Option<Answer>, NoFile> {
    let mut headers = vec![];
    if !previous.etag.is_empty() {
        headers.push(("if-none-match", previous.etag));
    } else if previous.modified.contains(',') {
        headers.push(("if-modified-since", previous.modified));
    }
    let answer = http.get(url, &headers).await?;
    if answer.status == 304 && !headers.is_empty() {
        return Ok(None);
    }
    Ok(Some(answer.success()?))
}

/// Gets the table at `base`: metadata, code lists and every page of rows of the areas that are kept. `None` when the
/// table did not change since the previous version.
///
/// # Errors
/// See [`NoFile`].
pub async fn table(
    http: &Http,
    base: &str,
    dataset: &Dataset,
    municipality: &str,
    previous: Previous<'_>,
    most_bytes: usize,
) -> Result<Option<Fetched>, NoFile> {
    let base = base.trim_end_matches('/');
    let four = dataset.odata.version == 4;
    let info = format!("{base}/{}", if four { "Properties" } else { "TableInfos" });
    let Some(answer) = conditional(http, &info, previous).await? else { return Ok(None) };
    let etag = answer.header("etag").to_owned();
    let info = parse(&answer.body)?;
    let modified = info.get("Modified").or_else(|| info.pointer("/value/0/Modified"));
    let modified = modified.and_then(Value::as_str).unwrap_or_default().to_owned();
    if !modified.is_empty() && modified == previous.modified {
        return Ok(None);
    }
    let mut bundle = Bundle::new(most_bytes);
    bundle.add(if four { "Properties" } else { "TableInfos" }, &answer.body)?;
    let columns = match metadata(http, base, dataset, four, &mut bundle).await? {
        Some(columns) => columns,
        None => dataset.odata.clone(),
    };
    let key = if four { "Identifier" } else { "Key" };
    for dimension in columns.categories.iter().chain([&columns.area, &columns.period]) {
        let list = if four { format!("{dimension}Codes") } else { dimension.clone() };
        let filter = (*dimension == columns.area).then(|| filter(dataset, key, municipality)).flatten();
        let query = filter.map(|f| format!("?$filter={}", encode(&f))).unwrap_or_default();
        let answer = http.get(&format!("{base}/{list}{query}"), &[]).await?.success()?;
        parse(&answer.body)?;
        bundle.add(&list, &answer.body)?;
    }
    let filter = filter(dataset, &columns.area, municipality);
    pages(http, base, &columns, four, filter, &mut bundle).await?;
    let name = base.rsplit('/').next().unwrap_or("table");
    let (bytes, name) = (bundle.finish()?, format!("{name}.zip"));
    Ok(Some(Fetched { bytes, name, media_type: "application/zip".to_owned(), etag, modified }))
}

/// Adds the description of the columns; gives the columns that it names where the configuration is silent.
async fn metadata(
    http: &Http,
    base: &str,
    dataset: &Dataset,
    four: bool,
    bundle: &mut Bundle,
) -> Result<Option<OdataColumns>, NoFile> {
    let mut columns = dataset.odata.clone();
    for part in if four { &["Dimensions", "MeasureCodes"][..] } else { &["DataProperties"][..] } {
        let answer = http.get(&format!("{base}/{part}"), &[]).await?.success()?;
        let list = parse(&answer.body)?;
        bundle.add(part, &answer.body)?;
        for row in list.get("value").and_then(Value::as_array).into_iter().flatten() {
            let field =
                |a: &str, b: &str| row.get(a).or_else(|| row.get(b)).and_then(Value::as_str).unwrap_or_default();
            let (key, kind) = (field("Key", "Identifier").trim().to_owned(), field("Type", "Kind"));
            match kind {
                "GeoDimension" | "GeoDetail" if columns.area.is_empty() => columns.area = key,
                "TimeDimension" if columns.period.is_empty() => columns.period = key,
                "Dimension" if dataset.odata.categories.is_empty() && key != columns.area => {
                    columns.categories.push(key)
                }
                _ => {}
            }
        }
    }
    // a name of a column becomes part of an address
    let plain = |name: &String| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if columns.area.is_empty() || !columns.categories.iter().chain([&columns.area, &columns.period]).all(plain) {
        return Err(NoFile::Stop(Said::new("figures-stop-no-metadata", [])));
    }
    Ok(Some(columns))
}

/// `$filter` for the municipality, its districts and neighbourhoods, and the areas to compare with.
fn filter(dataset: &Dataset, column: &str, municipality: &str) -> Option<String> {
    let digits = municipality.strip_prefix("GM").filter(|d| d.len() == 4 && d.bytes().all(|b| b.is_ascii_digit()))?;
    if dataset.areas == Scope::All {
        return None;
    }
    let own = ["GM", "WK", "BU"].map(|level| format!("{level}{digits}"));
    let others = dataset.compare.iter().filter(|c| c.bytes().all(|b| b.is_ascii_alphanumeric()));
    let parts: Vec<String> = own.iter().chain(others).map(|code| format!("startswith({column},'{code}')")).collect();
    Some(parts.join(" or "))
}

async fn pages(
    http: &Http,
    base: &str,
    columns: &OdataColumns,
    four: bool,
    filter: Option<String>,
    bundle: &mut Bundle,
) -> Result<(), NoFile> {
    let size = if columns.page == 0 { PAGE } else { columns.page };
    let part = if four { "Observations" } else { "UntypedDataSet" };
    let filter = filter.map(|f| format!("&$filter={}", encode(&f))).unwrap_or_default();
    let mut skip = 0;
    let mut next: Option<String> = None;
    for page in 0..MOST_PAGES {
        let url = next.take().unwrap_or_else(|| format!("{base}/{part}?$top={size}&$skip={skip}{filter}"));
        let answer = http.get(&url, &[]).await?.success()?;
        let rows = parse(&answer.body)?;
        let n = rows.get("value").and_then(Value::as_array).map(Vec::len);
        let Some(n) = n else {
            return Err(NoFile::Stop(Said::new("figures-stop-no-rows", [("part", part.to_owned())])));
        };
        let link = rows.get("odata.nextLink").or_else(|| rows.get("@odata.nextLink")).and_then(Value::as_str);
        if n > 0 || page == 0 {
            let body = if link.is_some() { without_link(rows.clone()) } else { answer.body };
            bundle.add(&format!("{part}-{page:04}"), &body)?;
        }
        skip += n;
        match link {
            Some(link) if n > 0 => next = Some(same_server(base, link)?),
            None if n >= size => {}
            _ => return Ok(()),
        }
    }
    Err(NoFile::Stop(Said::new("figures-stop-pages", [("most", MOST_PAGES.to_string())])))
}

/// Only the last page of a bundle may say that more follow; the others were followed.
fn without_link(mut rows: Value) -> Vec<u8> {
    if let Some(rows) = rows.as_object_mut() {
        rows.remove("odata.nextLink");
        rows.remove("@odata.nextLink");
    }
    rows.to_string().into_bytes()
}

/// The address of the next page: of the same server, or nowhere.
fn same_server(base: &str, link: &str) -> Result<String, NoFile> {
    let origin = |url: &str| url.split('/').take(3).collect::<Vec<_>>().join("/").to_lowercase();
    if !link.contains("://") {
        return Ok(format!("{base}/{}", link.trim_start_matches('/')));
    }
    if origin(link) != origin(base) {
        return Err(NoFile::Stop(Said::new("figures-stop-other-server", [("url", link.chars().take(200).collect())])));
    }
    Ok(link.to_owned())
}

fn parse(body: &[u8]) -> Result<Value, Stop> {
    super::parsed(&source::text(body, "utf-8")?)
}

/// A zip in the making; entries carry no time, so that equal answers make equal bytes.
struct Bundle {
    zip: zip::ZipWriter<std::io::Cursor<Vec<u8>>>,
    left: usize,
    most: usize,
}

impl Bundle {
    fn new(most: usize) -> Self {
        Self { zip: zip::ZipWriter::new(std::io::Cursor::new(vec![])), left: most, most }
    }

    fn add(&mut self, name: &str, body: &[u8]) -> Result<(), Stop> {
        let unreadable = |e: String| Said::new("figures-stop-unreadable", [("why", e)]);
        self.left = self
            .left
            .checked_sub(body.len())
            .ok_or_else(|| Said::new("figures-stop-large", [("most", (self.most / 1_000_000).to_string())]))?;
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default());
        self.zip.start_file(format!("{name}.json"), options).map_err(|e| unreadable(e.to_string()))?;
        self.zip.write_all(body).map_err(|e| unreadable(e.to_string()))
    }

    fn finish(self) -> Result<Vec<u8>, Stop> {
        let done = self.zip.finish().map_err(|e| Said::new("figures-stop-unreadable", [("why", e.to_string())]))?;
        Ok(done.into_inner())
    }
}
