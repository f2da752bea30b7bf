// The account to the council: programme, figures, annual report; and what the other roles may and may not see.
import { spawnSync } from 'node:child_process'
import { expect, file } from './lib.mjs'
import { button, desk } from './parts.mjs'
import { like } from './words.mjs'

export async function account(stage, step, server) {
  const page = await desk(stage, step, 'adviseur', 'adviser')
  await step('the plan with its four areas', async () => {
    await stage.open(page, '/plan')
    expect.match(await page.locator('main').innerText(), /2021.*2024/s, 'the period')
  })
  await stage.look(page, 'plan')
  const links = () => page.locator('main a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))
  const follow = async (pattern) => {
    const hrefs = await links()
    const href = hrefs.find((h) => pattern.test(h))
    expect.ok(href, `no link like ${pattern} among ${hrefs.join(' ')}`)
    await stage.open(page, href)
  }
  await step('the page of a priority shows figures', async () => {
    await follow(/^\/plan\/priorities\/public-space/)
    expect.ok((await page.locator('figure.chart svg').count()) > 0, 'no chart')
    expect.match(await page.locator('main').innerText(), /\d/, 'figures')
  })
  await stage.look(page, 'priority')
  await step('the programme of the year', async () => {
    await stage.open(page, '/plan')
    await follow(/^\/plan\/programme\/\d{4}/)
  })
  await stage.look(page, 'programme')
  await step('one action', () => follow(/^\/plan\/programme\/\d{4}\/./))
  await stage.look(page, 'action')
  await step('who decided what', async () => {
    await stage.open(page, '/plan')
    await follow(/^\/plan\/decisions/)
  })
  await stage.look(page, 'decisions')
  await step('the neighbourhoods', () => stage.open(page, '/areas'))
  await stage.look(page, 'areas')
  await step('one of them', () => follow(/^\/areas\/BU/))
  await stage.look(page, 'area')
  await step('the annual report as a page', async () => {
    await stage.open(page, '/plan')
    await follow(/^\/plan\/report\/\d{4}/)
  })
  await stage.look(page, 'annual-report')
  await step('the annual report is a tagged PDF in Dutch', async () => {
    const href = await page.locator('a[href$="/pdf"]').first().getAttribute('href')
    const cookies = await page.context().cookies()
    const cookie = cookies.map((c) => `${c.name}=${c.value}`).join('; ')
    const answer = await server.call('GET', href, { cookie })
    expect.equal(answer.status, 200, `status of ${href}`)
    expect.match(answer.headers['content-type'], /application\/pdf/, 'content type')
    const pdf = answer.body.toString('latin1')
    expect.match(pdf.slice(0, 8), /^%PDF-/, 'the first bytes')
    expect.ok(answer.body.length > 20_000, `${answer.body.length} bytes`)
    const path = await file('annual.pdf', answer.body)
    const info = spawnSync('pdfinfo', [path], { encoding: 'utf8' })
    if (info.status === 0) {
      expect.match(info.stdout, /Tagged:\s+yes/, 'pdfinfo')
      expect.match(info.stdout, /Title:\s+\S/, 'pdfinfo')
    } else {
      expect.match(pdf, /\/StructTreeRoot|\/MarkInfo/, 'the structure')
      expect.match(pdf, /\/Lang ?\(nl/, 'the language')
    }
  })
  await page.context().close()
}

export async function council(stage, step, made) {
  const page = await desk(stage, step, 'raadslid', 'council-member')
  await step('reads the plan', async () => {
    await stage.open(page, '/plan')
  })
  await step('is refused at the reports, and reads who may', async () => {
    await stage.open(page, '/signals', 403)
    const said = await page.locator('main').innerText()
    expect.match(said, like('fault-who'), 'the page')
    expect.match(said, like('role-coordinator'), 'the page')
  })
  await stage.look(page, 'refused')
  await step('is refused at one report and its photo too', async () => {
    await stage.open(page, `/signals/${made.id}`, 403)
    const answer = await page.context().request.get(`/api/v1/signals`)
    expect.equal(answer.status(), 403, 'status of the API')
    expect.match(answer.headers()['content-type'], /problem\+json/, 'content type of the API')
  })
  await page.context().close()
}

export async function others(stage, step, made) {
  const mayor = await desk(stage, step, 'burgemeester', 'mayor')
  await step('the mayor is refused at the reports', () => stage.open(mayor, '/signals', 403))
  await mayor.context().close()
  const privacy = await desk(stage, step, 'privacy', 'privacy-officer')
  await step('the privacy officer sees the audit trail whole', async () => {
    await stage.open(privacy, '/audit')
    expect.equal(await privacy.locator('.notice.success').count(), 1, 'sentences that say it is whole')
    expect.match(await privacy.locator('.notice.success').innerText(), like('audit-whole'), 'the sentence')
    expect.ok((await privacy.locator('tbody tr').count()) >= 20, 'rows')
  })
  await stage.look(privacy, 'audit')
  await step('the accounts', () => stage.open(privacy, '/accounts'))
  await stage.look(privacy, 'accounts')
  await step('the own account, and the way out', async () => {
    await stage.open(privacy, '/account')
  })
  await stage.look(privacy, 'account-own')
  await step('signs out, and the audit trail asks to sign in', async () => {
    await stage.open(privacy, '/account')
    await button(privacy, 'session-sign-out').click()
    await privacy.waitForURL((url) => url.pathname === '/')
    await privacy.goto('/audit')
    expect.equal(new URL(privacy.url()).pathname, '/login', 'where it leads')
  })
  await stage.look(privacy, 'login')
  await step('a wrong password is refused with a sentence', async () => {
    await privacy.locator('#username').fill('coordinator')
    await privacy.locator('#password').fill('wrong password')
    await stage.expecting([422], () => privacy.locator('form[action="/login"] button').click())
    expect.match(await privacy.locator('#errors').innerText(), like('session-wrong'), 'the summary')
  })
  for (const name of ['about', 'privacy', 'accessibility']) {
    await step(`everybody reads /${name}`, () => stage.open(made.resident ?? privacy, `/${name}`))
    await stage.look(made.resident ?? privacy, name)
  }
}

