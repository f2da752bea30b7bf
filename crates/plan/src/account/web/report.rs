//! The annual report as a page and as a document; both show the same content.

use crate::PlanBook;
use crate::account::paper::{AnnualReport, Status};
use crate::account::{pdf, report};
use crate::front::{tabs, year_tabs};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use policy::Resource;
use site::{Cx, Link, Page, render};

#[derive(askama::Template)]
#[template(path = "account/pages/report.html")]
struct ReportPage {
    page: Page,
    crumbs: Vec<Link>,
    tabs: Vec<Link>,
    years: Vec<Link>,
    year: String,
    draft: bool,
    report: AnnualReport,
}

/// `GET /plan/report/{year}`: the annual report as a page; the same content as the document.
pub async fn report_page(cx: Cx, Path(year): Path<i16>) -> Result<Response, Fault> {
    cx.permit("account:read", &Resource::open("report", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    let mut tx = cx.read().await?;
    let report = report(&cx, &mut tx, year).await?;
    render(&ReportPage {
        page: cx.page_titled(format!("{} {year}", report.title)),
        crumbs: vec![Link::new("/plan", cx.t("plan-tab-plan"))],
        tabs: tabs(&cx, &book, year, "report"),
        years: year_tabs(&cx, &book, year, |y| format!("/plan/report/{y}")),
        year: year.to_string(),
        draft: report.status == Status::Draft,
        report,
    })
}

/// `GET /plan/report/{year}/pdf`: the annual report as a document.
pub async fn report_pdf(cx: Cx, Path(year): Path<i16>) -> Result<Response, Fault> {
    cx.permit("account:read", &Resource::open("report", cx.code()))?;
    let mut tx = cx.read().await?;
    let report = report(&cx, &mut tx, year).await?;
    drop(tx);
    let files = cx.app.fonts.clone();
    let made = tokio::task::spawn_blocking(move || {
        let fonts = document::Fonts::new(files)?;
        pdf(&report, &fonts)
    });
    let bytes = made.await.map_err(|e| Fault::Internal(e.to_string()))?.map_err(|e| Fault::Internal(e.to_string()))?;
    let name = format!("attachment; filename=\"{}-{}-{year}.pdf\"", cx.t("year-file-name"), cx.municipality.file.slug);
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
