// The whole line in one scenario, as its people: from a real report to the account to the council.
import { account, council, others } from './account.mjs'
import { choose, fill } from './form.mjs'
import { expect, file, photo } from './lib.mjs'
import { button, desk, heading } from './parts.mjs'
import { like, t } from './words.mjs'

const OFFICERS = [
  ['boa1', 'Daan Kuiper'],
  ['boa2', 'Samira Veldhuis'],
  ['boa3', 'Ruben Oosterdam'],
  ['jeugdboa', 'Noor Terlouw'],
]
const OURS = 'Maerelaan, naast de container'
const WORDS = 'Twee zwarte vuilniszakken en een doos naast de container. Ze liggen er al drie dagen en het stinkt.'
const NOTE = 'Dank voor uw melding. Onze handhavers gaan vandaag kijken.'
const FOUND = 'Zakken en doos opgehaald, de plek is schoon.'

const proposeLink = (page) => page.getByRole('link', { name: t('patrol-propose') })
/** Day and time in Heemskerk, as `2024-06-03 10:00`. */
const localNow = () =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam', dateStyle: 'short', timeStyle: 'short' }).format(new Date())

export async function line(stage, server) {
  const { tally } = stage
  const made = {}
  await tally.part('a resident reports', (step) => resident(stage, step, made))
  await tally.part('the coordinator handles it', (step) => coordinator(stage, step, made))
  await tally.part('the picture shows it', (step) => picture(stage, step, made))
  await tally.part('the coordinator plans and approves a round', (step) => planning(stage, step, made))
  await tally.part('the officer walks', (step) => walking(stage, step, made))
  await tally.part('the report is closed for everybody', (step) => closed(stage, step, made))
  await tally.part('the account: programme, figures, annual report', (step) => account(stage, step, server))
  await tally.part('the council reads and is refused where it must', (step) => council(stage, step, made))
  await tally.part('the other roles', (step) => others(stage, step, made))
  await stage.quiet('the line')
}

async function resident(stage, step, made) {
  const page = await stage.visitor()
  made.resident = page
  await step('opens the start page', async () => {
    await stage.open(page, '/')
    await page.getByRole('link', { name: t('report-home-button') }).waitFor()
  })
  await stage.look(page, 'home')
  await step('opens the report form', async () => {
    await page.getByRole('link', { name: t('report-home-button') }).click()
    await page.waitForURL(/\/report$/)
  })
  await stage.look(page, 'report')
  await step('fills it: photo and words, what, where on the map, e-mail', async () => {
    await page.locator('#photo').setInputFiles(await file('street.jpg', await photo(stage)))
    await fill(page, { words: WORDS, address: OURS, at: async (name) => {
      if (name === 'place') {
        const map = page.locator('.form-map input[type=image]:visible')
        const box = await map.boundingBox()
        await map.click({ position: { x: box.width * 0.5, y: box.height * 0.5 } })
        await map.click({ position: { x: box.width * 0.52, y: box.height * 0.48 } })
        expect.match(await page.locator('[data-point]').innerText(), like('report-point-set'), 'the sentence about the point')
      }
      if (name === 'contact') await page.locator('#email').fill('inwoner@voorbeeld.example')
      await stage.look(page, `report-${name}`)
    } })
  })
  await stage.shot(page, 'report-filled-1280')
  await step('sends it and gets a reference and a page of its own', async () => {
    await page.getByRole('button', { name: t('report-send') }).last().click()
    await page.waitForURL(/\/report\/status\//)
    made.status = new URL(page.url()).pathname
    made.reference = await page.locator('dl.facts strong').first().innerText()
    expect.match(made.reference, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/, 'reference')
    expect.equal(await heading(page), t('report-thanks-title'), 'the heading')
    expect.ok(!(await page.content()).includes(WORDS), 'the status page shows the words to whoever has the link')
  })
  await stage.look(page, 'status-received')
}

async function coordinator(stage, step, made) {
  const page = await desk(stage, step, 'coordinator', 'coordinator')
  made.coordinator = page
  await step('finds it on top of the list', async () => {
    await page.getByRole('link', { name: t('menu-signals'), exact: true }).first().click()
    await page.waitForURL(/\/signals/)
    expect.match(await page.locator('table.rows tbody tr').first().innerText(), new RegExp(made.reference), 'the first row')
  })
  await stage.look(page, 'signals')
  await step('finds it by a filter, and by its number', async () => {
    await page.locator('#category').selectOption('dumping')
    await button(page, 'signals-filter-show').click()
    await page.getByRole('link', { name: made.reference }).waitFor()
    await page.locator('#q').fill(made.reference)
    await button(page, 'signals-filter-show').click()
    await page.getByRole('link', { name: made.reference }).waitFor()
    const link = await page.getByRole('link', { name: made.reference }).first().getAttribute('href')
    made.id = link.split('/').at(-1).split('?')[0]
  })
  await step('sees it on the map of reports', () => stage.open(page, '/signals/map'))
  await stage.look(page, 'signals-map')
  await step('sees the issues', () => stage.open(page, '/issues'))
  await stage.look(page, 'issues')
  await step('opens it: words, photo, place', async () => {
    await stage.open(page, `/signals/${made.id}`)
    expect.equal(await page.locator('blockquote').first().innerText(), WORDS, 'the words')
    expect.ok(await page.locator('ul.photos img').evaluate((img) => img.decode().then(() => img.naturalWidth > 0)), 'no photo')
    expect.match(await page.locator('main').innerText(), /inwoner@voorbeeld\.example/, 'how to reach the reporter')
  })
  await stage.look(page, 'signal')
  const stale = await page.context().newPage()
  stage.watch(stale)
  await stale.goto(page.url())
  await step('takes it up with a note that the reporter reads', async () => {
    await page.locator('#state-in-progress').check()
    await page.locator('#note').fill(NOTE)
    await page.locator('#tell').check()
    await button(page, 'signals-save-state').click()
    await page.waitForLoadState()
    expect.match(await page.locator('main').innerText(), new RegExp(NOTE), 'the history')
  })
  await step('a second tab with the old state is told, and keeps its text', async () => {
    await stale.locator('#state-cancelled').check()
    await stale.locator('#note').fill('Dit lijkt dubbel.')
    await stage.expecting([409], () => button(stale, 'signals-save-state').click())
    await stale.waitForLoadState()
    expect.match(await stale.locator('main').innerText(), like('signals-stale'), 'what the page says')
    expect.equal(await stale.locator('#note').inputValue(), 'Dit lijkt dubbel.', 'the typed note')
  })
  await stage.look(stale, 'signal-stale')
  await stale.close()
  await step('marks it urgent', async () => {
    await page.locator('#urgency').selectOption('high')
    await button(page, 'signals-save-urgency').click()
    await page.waitForLoadState()
  })
  await step('a second report of the same place is suggested, and she joins the two', async () => {
    const twin = await stage.visitor()
    await stage.open(twin, '/report')
    await fill(twin, { words: 'Nog steeds afval bij de container aan de Maerelaan.', address: '', at: async (name) => {
      if (name !== 'place') return
      const map = twin.locator('.form-map input[type=image]:visible')
      const box = await map.boundingBox()
      await map.click({ position: { x: box.width * 0.5, y: box.height * 0.5 } })
      await map.click({ position: { x: box.width * 0.52, y: box.height * 0.48 } })
    } })
    await twin.getByRole('button', { name: t('report-send') }).last().click()
    await twin.waitForURL(/\/report\/status\//)
    made.twin = new URL(twin.url()).pathname
    await twin.context().close()
    await stage.open(page, `/signals/${made.id}`)
    await page.locator('form[action$="/issue"] button').first().click()
    await page.waitForLoadState()
    const issue = page.locator('dl.facts a[href^="/issues/"]')
    made.issue = await issue.getAttribute('href')
    await issue.click()
    await page.waitForURL(/\/issues\//)
    expect.equal(await page.locator('table.rows tbody tr').count(), 2, 'reports of the issue')
  })
  await stage.look(page, 'issue')
  await step('the resident reads the note', async () => {
    await stage.open(made.resident, made.status)
    expect.match(await made.resident.locator('main').innerText(), new RegExp(NOTE), 'the status page')
    expect.match(await made.resident.locator('main').innerText(), like('report-state-busy'), 'the state')
  })
  await stage.look(made.resident, 'status-busy')
}

async function picture(stage, step, made) {
  const page = made.coordinator ?? (await stage.visitor({ username: 'coordinator' }))
  made.coordinator = page
  await step('the page answers where, when, what, new, how sure', async () => {
    await stage.open(page, '/picture')
    for (const id of ['new', 'where', 'when', 'what', 'sure']) {
      expect.equal(await page.locator(`h2#${id}`).count(), 1, `heading ${id}`)
    }
    expect.ok((await page.locator('svg.regie-map').count()) >= 2, 'two maps')
    expect.ok((await page.locator('section.panel table tbody tr').count()) > 0, 'the score of the forecast is missing')
  })
  await stage.look(page, 'picture')
  await step('the figures are also a table', async () => {
    const details = page.locator('details.numbers').first()
    await details.locator('summary').click()
    expect.ok((await details.locator('tbody tr').count()) > 5, 'rows')
  })
  await step('filtered by a priority and a source', async () => {
    await page.locator('#priority').selectOption('public-space')
    await page.locator('#source').selectOption('resident')
    await button(page, 'picture-show').click()
    await page.waitForURL(/priority=public-space/)
  })
  await stage.look(page, 'picture-filtered')
  await step('a place, and the reports behind it', async () => {
    await stage.open(page, '/picture')
    await page.locator('a[href^="/picture/place"]').first().click()
    await page.waitForURL(/\/picture\/place/)
    await page.getByRole('heading', { name: t('picture-place-reports') }).waitFor()
  })
  await stage.look(page, 'place')
  await step('the public register says how it is calculated', async () => {
    await stage.open(made.resident ?? page, '/algorithms')
  })
  await stage.look(made.resident ?? page, 'algorithms')
}

async function planning(stage, step, made) {
  const page = made.coordinator ?? (await stage.visitor({ username: 'coordinator' }))
  made.coordinator = page
  await step('opens the week of rounds', () => stage.open(page, '/rounds'))
  await stage.look(page, 'rounds')
  await step('an empty shift is refused with sentences', async () => {
    await stage.open(page, '/shifts/new')
    await stage.expecting([422], () => button(page, 'patrol-shift-save').click())
    await page.locator('#errors').waitFor()
  })
  await stage.look(page, 'shift-refused')
  await step('makes a shift that starts now, or takes one that goes on', async () => {
    const [day, time] = localNow().split(' ')
    for (const [username, name] of OFFICERS) {
      await stage.open(page, '/shifts/new')
      await page.locator(`input[name=team][value=${username === 'jeugdboa' ? 'youth' : 'enforcement'}]`).check()
      await page.locator('#day').fill(day)
      await page.locator('#kind-own').check()
      await page.locator('#start').fill(time)
      await page.locator('#hours').fill('4')
      await page.getByLabel(name, { exact: true }).check()
      await stage.expecting([422], () => button(page, 'patrol-shift-save').click())
      await page.waitForLoadState()
      made.officer = username
      made.shift = page.locator('tr', { hasText: name }).filter({ hasText: `${time} - ` })
      if (page.url().includes('/rounds')) return
      expect.match(await page.locator('#errors').innerText(), like('patrol-officers-busy'), 'why it is refused')
    }
    // Everybody is on a shift at this hour: then that is the shift of this test.
    await stage.open(page, '/rounds')
    for (const [username, name] of OFFICERS) {
      const rows = page.locator('tr', { hasText: name }).filter({ has: proposeLink(page) })
      for (const text of await rows.allInnerTexts()) {
        const [, from, to] = text.match(/(\d\d:\d\d) - (\d\d:\d\d)/) ?? []
        if (!from || from > time || (to > from && to < time)) continue
        made.officer = username
        made.shift = rows.filter({ hasText: `${from} - ${to}` })
        return
      }
    }
    throw new Error('every officer is on another shift, and none of those can be found')
  })
  await step('asks for a proposal', async () => {
    await made.shift.first().getByRole('link', { name: t('patrol-propose') }).click()
    await page.locator('#max_visits').fill('6')
  })
  await stage.look(page, 'round-new')
  await step('gets places with order, time and why, and what is left out', async () => {
    await button(page, 'patrol-propose').click()
    await page.waitForURL(/\/rounds\/[0-9a-f-]{36}/)
    made.round = new URL(page.url()).pathname
    const stops = await page.locator('ol.tasks li.task').count()
    expect.ok(stops > 0 && stops <= 6, `${stops} stops`)
    expect.ok((await page.locator('svg.regie-map').count()) > 0, 'no map')
  })
  await stage.look(page, 'round-proposed')
  await step('changes it: our issue is on it, one other place is off', async () => {
    const ours = page.locator('li.task', { hasText: OURS })
    if (!(await ours.count())) {
      const add = page.locator('tr', { hasText: OURS }).getByRole('button', { name: like('patrol-add') })
      await add.first().click()
      await page.waitForLoadState()
    }
    expect.ok((await ours.count()) > 0, 'our issue is neither proposed nor left out')
    const others = page.locator('li.task').filter({ hasNotText: OURS })
    const before = await page.locator('li.task').count()
    await others.first().getByRole('button', { name: like('patrol-remove') }).click()
    await page.waitForLoadState()
    expect.equal(await page.locator('li.task').count(), before - 1, 'stops')
  })
  await step('cannot approve without a reason', async () => {
    await stage.expecting([422], () => button(page, 'patrol-approve').click())
    await page.locator('#errors').waitFor()
  })
  await stage.look(page, 'round-refused')
  await step('approves with a reason', async () => {
    await page.locator('input[name=decision]').last().check()
    await page.locator('#reason').fill('De melding aan de Maerelaan gaat voor.')
    await button(page, 'patrol-approve').click()
    await page.waitForLoadState()
    expect.match(await page.locator('main').innerText(), /De melding aan de Maerelaan gaat voor/, 'the reason on the page')
  })
  await stage.look(page, 'round-approved')
}

async function walking(stage, step, made) {
  const page = await stage.visitor({ username: made.officer ?? 'boa1', phone: true })
  made.walker = page
  await step('opens the desk on a phone', () => stage.open(page, '/desk'))
  await stage.look(page, 'desk-officer')
  await step('opens the own rounds', () => stage.open(page, '/rounds'))
  await stage.look(page, 'rounds-mine')
  await step('opens the list of the round', async () => {
    await page.locator(`a[href="${made.round}/walk"]`).first().click()
    await page.waitForURL(/\/walk/)
  })
  await stage.look(page, 'walk')
  const ours = page.locator('li.task', { hasText: OURS })
  await step('buttons are big enough for a thumb', async () => {
    const box = await button(page, 'patrol-arrive').first().boundingBox()
    expect.ok(box.height >= 44, `the button is ${box.height} px high`)
  })
  await step('arrives', async () => {
    await ours.getByRole('button', { name: like('patrol-arrive') }).click()
    await page.waitForLoadState()
    await ours.locator('input[name=outcome]').first().waitFor()
  })
  await stage.look(page, 'walk-arrived')
  await step('leaving without saying what was found is refused', async () => {
    await stage.expecting([422], () => button(page, 'patrol-leave-now').click())
    await page.locator('#errors').waitFor()
  })
  await stage.look(page, 'walk-refused')
  await step('leaves: solved', async () => {
    await page.locator('input[name=outcome][value=solved]').check()
    await page.locator('#note').fill(FOUND)
    await button(page, 'patrol-leave-now').click()
    await page.waitForLoadState()
    expect.match(await ours.innerText(), new RegExp(FOUND), 'the stop')
  })
  await stage.look(page, 'walk-left')
  await step('sees something on the way and records it', () => stage.open(page, '/observe'))
  await stage.look(page, 'observe')
  await step('the observation is saved with its presence', async () => {
    await choose(page, 'bicycle-wreck')
    await page.locator('#words').fill('Drie fietswrakken bij de stalling van het station.')
    await page.locator('#area').selectOption({ index: 3 })
    await page.getByRole('button', { name: t('observe-send') }).last().click()
    await page.waitForURL(/\/observe\?made=/)
    expect.match(await page.locator('main').innerText(), like('observe-made'), 'what the page says')
  })
  await step('finishes the round with what was not visited', async () => {
    await stage.open(page, `${made.round}/walk`)
    if (await page.locator('#rest').count()) await page.locator('#rest').fill('Geen tijd meer.')
    await button(page, 'patrol-finish-do').click()
    await page.waitForLoadState()
    expect.match(await page.locator('main').innerText(), like('patrol-walk-finished'), 'what the page says')
  })
  await step('the coordinator sees plan against done', async () => {
    await stage.open(made.coordinator, made.round)
    expect.match(await made.coordinator.locator('main').innerText(), new RegExp(FOUND), 'the visit')
  })
  await stage.look(made.coordinator, 'round-done')
}

async function closed(stage, step, made) {
  const page = made.coordinator
  await step('the issue and both reports are closed', async () => {
    await stage.open(page, made.issue)
    expect.match(await page.locator('.heading').innerText(), like('issues-closed'), 'the state of the issue')
    const states = await page.locator('table.rows tbody tr').allInnerTexts()
    expect.ok(states.every((row) => row.includes(t('state-done'))), `rows: ${states.join(' / ')}`)
  })
  await step('the resident reads it on the status page', async () => {
    for (const status of [made.status, made.twin]) {
      await stage.open(made.resident, status)
      expect.match(await made.resident.locator('main').innerText(), like('report-state-done'), status)
    }
  })
  await stage.look(made.resident, 'status-done')
}
