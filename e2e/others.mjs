// The other sources and the other side: figures of others, questionnaires, neighbours, other systems.
import { expect, file } from './lib.mjs'
import { heading, mail, main, press, summary, words } from './parts.mjs'
import { uuid7 } from './server.mjs'
import { like, t } from './words.mjs'

export async function figures(stage, step) {
  const page = await stage.visitor({ username: 'adviseur' })
  const head = 'gebied;jaar;vraag;waarde;onder;boven;n\n'
  // another value at every run: a figure that is known already is not new
  const share = 20 + (Date.now() % 1000) / 100
  const say = (value) => value.toFixed(2).replace('.', ',')
  const row = (area, value) => `${area};2023;Voelt zich wel eens onveilig;${say(value)};${say(value - 4)};${say(value + 4)};250\n`
  const good = head + row('GM0396', share) + row('BU03960100', share + 3)
  const upload = async (name, text) => {
    await stage.open(page, '/figures/import')
    await page.locator('#dataset').selectOption('safety-monitor-own')
    await page.locator('#file').setInputFiles(await file(name, text))
    await press(stage, page, 'figures-form-send')
  }
  const count = (key) => page.locator('dl.facts div').filter({ hasText: like(key) }).first().locator('dd').innerText()
  await step('the form for a file', () => stage.open(page, '/figures/import'))
  await stage.look(page, 'figures-import')
  await step('a dry run says what the file would do', async () => {
    await upload('own.csv', good)
    expect.equal(await count('figures-count-rows'), '2', 'rows read')
    expect.match(await page.locator('.heading').innerText(), like('figures-state-checked'), 'the state')
  })
  await stage.look(page, 'figures-dry-run')
  await step('used: the table shows the value with its margin', async () => {
    await press(stage, page, 'figures-use')
    await stage.open(page, '/figures/safety-monitor-own')
    const table = await page.locator('main table').first().innerText()
    expect.match(table, /20[\s\S]*23/, 'the year')
    expect.ok(table.includes(say(share - 4).slice(0, 4)), `the margin ${say(share - 4)} is not in ${table}`)
  })
  await stage.look(page, 'figures-dataset')
  await step('the same file again brings nothing new', async () => {
    await upload('own.csv', good)
    expect.match(await page.locator('.heading').innerText(), like('figures-state-applied'), 'the state')
  })
  await step('a row that is wrong is refused with its number', async () => {
    await upload('broken.csv', head + row('GM0396', share + 1) + 'BU03960100;2023;Voelt zich wel eens onveilig;veel;1;2;250\n')
    expect.equal(await count('figures-count-refused'), '1', 'rows refused')
    await page.locator('th[scope=row]').filter({ hasText: /^3$/ }).first().waitFor()
    expect.match(await main(page), /veel/, 'the reason')
  })
  await stage.look(page, 'figures-refused')
  await step('and thrown away', () => press(stage, page, 'figures-discard'))
  await step('every set of figures', () => stage.open(page, '/figures'))
  await stage.look(page, 'figures')
}

export async function surveys(stage, step) {
  const visitor = await stage.visitor({ phone: true })
  const page = await stage.visitor({ username: 'adviseur' })
  const title = words('Peiling over fietsen')
  await stage.open(visitor, '/surveys')
  await stage.look(visitor, 'surveys')
  await step('a resident sees the open poll', async () => {
    await visitor.locator('ul.cards a[href^="/surveys/peiling-wat"]').first().click()
  })
  await stage.look(visitor, 'survey')
  await step('and answers it', async () => {
    for (const [n, pick] of (await visitor.locator('main select:not(#area)').all()).entries()) {
      await pick.selectOption({ index: n + 1 })
    }
    await visitor.locator('input[name=q2]').first().check()
    await press(stage, visitor, 'surveys-send')
    await visitor.waitForURL(/\/thanks$/)
  })
  await stage.look(visitor, 'survey-thanks')
  await stage.open(page, '/surveys/manage')
  await stage.look(page, 'surveys-manage')
  await page.locator('a[href="/surveys/new"]').click()
  await page.waitForURL(/\/new$/)
  await stage.look(page, 'surveys-new')
  await step('the adviser makes one', async () => {
    await page.locator('#title').fill(title)
    await page.locator('#title-en').fill('Poll about bicycles')
    await page.locator('#intro').fill('Wij willen weten hoe vaak u fietst.')
    await page.locator('#intro-en').fill('We want to know how often you cycle.')
    await press(stage, page, 'surveys-save')
    await page.locator('a[href$="/questions/new"]').click()
    await page.waitForURL(/\/questions\/new$/)
  })
  await stage.look(page, 'surveys-question')
  await step('with one question', async () => {
    await page.locator('#kind-one').check()
    const fields = page.locator('form[action*="/questions/"]')
    for (const [name, text] of [['text', 'Fietst u vaak?'], ['text-en', 'Do you often cycle?'], ['options', 'Ja\nNee'], ['options-en', 'Yes\nNo']]) {
      await fields.locator(`[name="${name}"]`).fill(text)
    }
    await press(stage, page, 'surveys-save')
    await page.getByText('Fietst u vaak?').first().waitFor()
  })
  await stage.look(page, 'surveys-design')
  let slug
  await step('publishes it', async () => {
    const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    await page.locator('#opens_on').fill(day(0))
    await page.locator('#closes_on').fill(day(30))
    await press(stage, page, 'surveys-publish')
    slug = new URL(page.url()).pathname.split('/')[2]
  })
  await step('and sees no figure while few answered', async () => {
    await stage.open(visitor, `/surveys/${slug}`)
    await visitor.getByLabel('Ja', { exact: true }).check()
    await press(stage, visitor, 'surveys-send')
    await stage.open(page, `/surveys/${slug}/results`)
    expect.match(await main(page), like('surveys-base-few'), 'why there is nothing')
    expect.equal(await page.locator('main td svg').count(), 0, 'figures shown')
  })
  await stage.look(page, 'surveys-results')
}

export async function neighbours(stage, step, server, dir) {
  const page = await stage.visitor({ username: 'coordinator' })
  const line = words('Let deze week op losse fietsen')
  await step('the register of groups', () => stage.open(page, '/neighbours'))
  await stage.look(page, 'neighbours')
  await stage.open(page, '/neighbours/messages/new?template=prevention')
  await stage.look(page, 'neighbours-message', { variables: true })
  await step('a message starts from a text, and is seen before it goes', async () => {
    await page.locator('#body').fill(`Beste { $coordinator },\n\n${line} in { $area }.`)
    await press(stage, page, 'neighbours-preview')
    expect.ok((await page.locator('blockquote').allInnerTexts()).every((text) => text.includes(line) && !text.includes('{')), 'the preview')
  })
  await stage.look(page, 'neighbours-preview')
  await step('is sent, and arrives', async () => {
    await press(stage, page, 'neighbours-send')
    await mail(dir, line)
  })
  await stage.look(page, 'neighbours-sent', { variables: true })
  const visitor = await stage.visitor({ phone: true })
  const address = `buurt-${uuid7().slice(-8)}@voorbeeld.example`
  let link
  await stage.open(visitor, '/neighbourhood')
  await stage.look(visitor, 'neighbourhood')
  await step('a resident asks for news', async () => {
    await visitor.locator('#email').fill(address)
    await visitor.locator('#rhythm-soon').check()
    await press(stage, visitor, 'neighbours-follow-send')
    link = new URL((await mail(dir, address)).match(/http\S+\/neighbourhood\/follow\/\S+/)[0]).pathname
  })
  await stage.look(visitor, 'neighbourhood-asked')
  await stage.open(visitor, link)
  await stage.look(visitor, 'neighbourhood-link')
  await step('confirms it', async () => {
    await press(stage, visitor, 'neighbours-confirm')
    expect.equal(await heading(visitor), t('neighbours-confirmed'), 'the heading')
  })
  await step('and stops', async () => {
    await stage.open(visitor, link)
    await press(stage, visitor, 'neighbours-stop')
    expect.equal(await heading(visitor), t('neighbours-stopped'), 'the heading')
  })
  await stage.look(visitor, 'neighbourhood-stopped')
  await stage.open(page, '/neighbours')
  await page.locator('table.rows a[href^="/neighbours/0"]').first().click()
  await page.waitForURL(/\/neighbours\/0/)
  await stage.look(page, 'neighbours-group')
  await stage.open(page, '/neighbours/new')
  await stage.look(page, 'neighbours-new')
}

export async function systems(stage, step, server) {
  const page = await stage.visitor({ username: 'beheer' })
  for (const path of ['/exchange', '/exchange/signalen/import', '/exchange/webhooks', '/exchange/webhooks/new', '/data', '/ogc', '/ogc/collections', '/ogc/collections/reports/items?f=html']) {
    await step(`reads ${path}`, () => stage.open(page, path))
    await stage.look(page, path.slice(1).replace(/\W+/g, '-'))
  }
  await step('a receiver without https, or inside our own network, is refused with a sentence', async () => {
    for (const [url, key] of [['http://127.0.0.1/hook', 'webhook-url-wrong'], ['https://127.0.0.1/hook', 'webhook-url-private']]) {
      await stage.open(page, '/exchange/webhooks/new')
      await page.locator('#name').fill('Afvalbeheer')
      await page.locator('#url').fill(url)
      await press(stage, page, 'webhook-add', 422)
      expect.match(await summary(page), like(key), url)
      expect.equal(await page.locator('#url').inputValue(), url, 'what was typed')
    }
  })
  await stage.look(page, 'webhook-refused')
  await step('Open311 takes a report and shows it', async () => {
    const body = new URLSearchParams({ service_code: 'litter', lat: '52.51', long: '4.67', description: words('Open311') })
    const made = await server.call('POST', '/open311/v2/requests.json', {
      body: String(body),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const [{ service_request_id: id }] = JSON.parse(made.body)
    const read = await server.call('GET', `/open311/v2/requests/${id}.json`)
    expect.equal(JSON.parse(read.body)[0].service_code, 'litter', 'its service')
    const layer = JSON.parse((await server.call('GET', '/ogc/collections/reports/items')).body)
    expect.ok(layer.features.length > 0, 'the layer has no features')
  })
  await step('the catalogue of open data and its files', async () => {
    for (const path of ['/data/catalog.jsonld', '/data/catalog.ttl', '/data/reports.geojson', '/data/reports.csv', '/map/feed.atom', '/map/feed.rss', '/calendar.ics']) {
      expect.equal((await server.call('GET', path)).status, 200, path)
    }
  })
}
