// Deployment and the street, as its people do it: a roster is made and a shift changed hands, a campaign asks for visits,
// the youth officer notes a contact, an officer writes a sanction that a colleague checks, a wreck is labelled.
import { stepUp } from './fences.mjs'
import { expect, file, photo } from './lib.mjs'
import { main, press, summary, words } from './parts.mjs'

/** Every job; each is one part of the test. */
const jobs = {
  'the roster': roster,
  'an officer and the own roster': ownRoster,
  'a campaign': campaign,
  'the youth officer': youth,
  'a sanction, from the hat to the check': sanction,
  'a wreck': wreck,
}

export async function street(stage) {
  for (const [name, job] of Object.entries(jobs)) await stage.tally.part(name, (step) => job(stage, step))
  await stage.quiet('deployment and the street')
}

/** A local day from now, as a date field wants it. */
const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
/** The first Monday at least so many days ahead. */
const monday = (ahead) => {
  const at = new Date(Date.now() + ahead * 86_400_000)
  return new Date(at.getTime() + ((8 - at.getUTCDay()) % 7) * 86_400_000).toISOString().slice(0, 10)
}

async function roster(stage, step) {
  const page = await stage.visitor({ username: 'coordinator' })
  await step('the rosters, with what asks for attention', () => stage.open(page, '/roster'))
  await stage.look(page, 'roster-list')
  await step('opens the newest', async () => {
    await page.locator('table.rows tbody a').first().click()
    await page.waitForURL(/\/roster\/[0-9a-f-]{36}/)
    expect.ok((await page.locator('table.roster-grid tbody tr').count()) > 3, 'officers in the grid')
  })
  await stage.look(page, 'roster')
  await step('who could stand in on a shift, and why the others cannot', async () => {
    await page.locator('table.roster-grid a[href*="/shifts/"]:visible').first().click()
    await page.waitForURL(/\/shifts\//)
  })
  await stage.look(page, 'roster-shift')
  await step('a new one without a day is refused, and what was typed stays', async () => {
    await stage.open(page, '/roster/new')
    await page.locator('#weeks').fill('3')
    await page.locator('#first_day').evaluate((field) => field.removeAttribute('required'))
    await page.locator('#first_day').fill('')
    await page.locator('input[name=team]').first().check()
    await press(stage, page, 'roster-make', 422)
    expect.equal(await page.locator('#weeks').inputValue(), '3', 'the weeks')
  })
  await stage.look(page, 'roster-new-refused')
  await step('with a day it is made, filled, and lawful', async () => {
    await page.locator('#first_day').fill(monday(70))
    await press(stage, page, 'roster-make')
    await press(stage, page, page.locator('form[action$="/fill"] button'))
    expect.ok(await page.locator('.roster-mark').first().isVisible(), 'nobody is on a shift')
    expect.ok((await page.locator('.notice.error').count()) === 0, 'something that the law forbids')
  })
  await stage.look(page, 'roster-filled')
  for (const path of ['/roster/officers', '/roster/requests']) {
    await step(path, () => stage.open(page, path))
    await stage.look(page, path.slice(1).replace('/', '-'))
  }
  await step('how evenings, nights and weekends are shared', async () => {
    await stage.open(page, '/roster')
    await page.locator('a[href$="/fairness"]').first().click()
    await page.waitForURL(/\/fairness/)
  })
  await stage.look(page, 'roster-fairness')
}

async function ownRoster(stage, step) {
  const page = await stage.visitor({ username: 'boa2' })
  await step('own shifts, powers and requests', () => stage.open(page, '/roster/mine'))
  await stage.look(page, 'roster-mine')
  await step('asks for a day off, and sees it waiting', async () => {
    const kind = page.locator('input[name=kind]')
    await kind.first().check()
    await page.locator('#first').fill(day(100))
    await press(stage, page, 'roster-ask')
    expect.ok((await page.locator('form[action*="/roster/mine/requests/"]').count()) > 0, 'no request is shown')
  })
  await step('makes a calendar address; it gives own shifts only', async () => {
    await press(stage, page, 'roster-feed-make')
    const address = await page.locator('#feed-address').inputValue()
    const answer = await page.request.get(new URL(address).pathname)
    expect.equal(answer.status(), 200, address)
    expect.match(await answer.text(), /^BEGIN:VCALENDAR/, 'iCalendar')
  })
  await stage.look(page, 'roster-mine-asked')
}

async function campaign(stage, step) {
  const made = {}
  const page = await stage.visitor({ username: 'coordinator' })
  await step('what runs, comes and is closed', async () => {
    await stage.open(page, '/campaigns')
    expect.ok((await page.locator('main a[href^="/campaigns/0"]').count()) >= 3, 'the campaigns of the demonstration')
  })
  await stage.look(page, 'campaigns')
  await step('one that runs', async () => {
    await page.locator('main a[href^="/campaigns/0"]').first().click()
    await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}/)
    made.path = new URL(page.url()).pathname
  })
  await stage.look(page, 'campaign')
  await step('a new one without anything is refused per field', async () => {
    await stage.open(page, '/campaigns/new')
    const kinds = page.locator('main a[href*="kind="]')
    if (await kinds.count()) {
      await kinds.first().click()
      await page.waitForURL(/kind=/)
    }
    for (const name of ['name', 'starts_on', 'budget_hours']) await page.locator(`#${name}`).fill('')
    await press(stage, page, 'campaigns-save', 422)
    expect.ok((await summary(page)).length > 20, 'what is missing')
  })
  await stage.look(page, 'campaign-refused')
  const officer = await stage.visitor({ username: 'boa1' })
  await step('an officer reads what is asked, and cannot change it', async () => {
    await stage.open(officer, made.path)
    await stage.open(officer, '/campaigns/new', 403)
  })
}

async function youth(stage, step) {
  const page = await stage.visitor({ username: 'jeugdboa' })
  await step('where young people are, and what was agreed', () => stage.open(page, '/youth'))
  await stage.look(page, 'youth')
  const agreed = words('Muziek zachter na tien uur')
  await step('a note with a telephone number is not taken, and stays', async () => {
    await stage.open(page, '/youth/new')
    for (const name of ['place_id', 'size', 'mood']) await page.locator(`input[name=${name}]`).first().check()
    await page.locator('form details summary').last().click()
    await page.locator('#agreement').fill(`${agreed}, bel 06-12345678`)
    await press(stage, page, 'youth-save', 422)
    expect.match(await page.locator('#agreement').inputValue(), /06-12345678/, 'what was typed')
  })
  await stage.look(page, 'youth-refused')
  await step('without it the note is kept', async () => {
    await page.locator('#agreement').fill(agreed)
    if (await page.locator('#check_on').count()) await page.locator('#check_on').fill(day(7))
    await press(stage, page, 'youth-save')
    expect.ok((await main(page)).includes(agreed) || (await page.locator('.notice').count()) > 0, 'nothing says that it was kept')
  })
  await step('the place shows it', async () => {
    await stage.open(page, '/youth')
    await page.locator('main a[href^="/youth/places/"]').first().click()
    await page.waitForURL(/\/youth\/places\//)
  })
  await stage.look(page, 'youth-place')
}

async function sanction(stage, step) {
  const page = await stage.visitor({ username: 'boa1' })
  await stepUp(page, '/sanctions/new')
  await step('first the hat', () => stage.open(page, '/sanctions/new'))
  await stage.look(page, 'sanction-hat')
  await step('an offence by words: only what this officer may write today', async () => {
    await press(stage, page, 'sanctions-hat-detection-go')
    // The purpose is asked once an hour; hat and words are filled in already.
    if (await page.locator('input[name="open-hat"]:checked').count()) await press(stage, page, 'records-to-open')
    await page.locator('#q').fill('hondenpoep')
    await press(stage, page, 'sanctions-search-go')
    const offer = page.locator('#sanctions button', { hasText: 'H325a' }).first()
    await offer.waitFor()
    await press(stage, page, offer)
  })
  await stage.look(page, 'sanction-write')
  await step('half-filled it is saved, and still there later', async () => {
    await page.locator('#place').fill('Maerelaan, grasveld')
    await page.locator('#findings').fill('Ik zag dat de hond zijn behoefte deed en dat de eigenaar doorliep.')
    await press(stage, page, 'sanctions-save')
    await stage.open(page, '/sanctions')
    await page.locator('main a[href^="/sanctions/0"]').first().click()
    await page.waitForURL(/\/sanctions\/[0-9a-f-]{36}/)
    if (!page.url().endsWith('/write')) await page.locator('a[href$="/write"]').first().click()
    await page.waitForURL(/\/write/)
    expect.equal(await page.locator('#place').inputValue(), 'Maerelaan, grasveld', 'the place')
  })
  await step('not signed while something is missing; every fault is named', async () => {
    await press(stage, page, 'sanctions-sign', 422)
    expect.ok((await summary(page)).length > 20, 'what is missing')
    expect.equal(await page.locator('#place').inputValue(), 'Maerelaan, grasveld', 'the place')
  })
  await stage.look(page, 'sanction-refused')
  await step('signed', async () => {
    for (const name of ['began', 'caught']) await page.locator(`input[name=${name}]`).first().check()
    const typed = { surname: 'Voorbeeld', first_names: 'Jan', birth: '1985-04-12', birth_place: 'Beverwijk', address: 'Proefstraat 1', postcode: '1961 AA', town: 'Heemskerk' }
    for (const [name, value] of Object.entries(typed)) await page.locator(`#${name}`).fill(value)
    await page.locator('#identity').selectOption({ index: 1 })
    if (await page.locator('#identity_number').count()) await page.locator('#identity_number').fill('AB1234567')
    await press(stage, page, 'sanctions-sign')
    expect.match(page.url(), /\/sanctions\/[0-9a-f-]{36}/, 'its page')
  })
  await stage.look(page, 'sanction')
  await step('the official report is a PDF', async () => {
    const link = page.locator('a[href$="/report.pdf"]')
    const answer = await page.request.get(await link.first().getAttribute('href'))
    expect.equal((await answer.body()).toString('latin1').slice(0, 5), '%PDF-', 'a PDF')
  })
  const path = new URL(page.url()).pathname
  const chief = await stage.visitor({ username: 'coordinator' })
  await step('a colleague checks it, with the purpose stated where it was not yet', async () => {
    await stepUp(chief, path)
    await stage.open(chief, path)
    const hat = chief.locator('input[name="open-hat"][value="investigator"]')
    if (await hat.count()) {
      await hat.check()
      await chief.locator('main textarea').first().fill('Controle van de sancties van vandaag')
      await press(stage, chief, 'records-to-open')
      await stage.open(chief, path)
    }
    await press(stage, chief, 'sanctions-check-good')
    expect.ok((await chief.locator('button[value=good]').count()) === 0, 'it still waits for a check')
  })
  await stage.look(chief, 'sanction-checked')
  for (const [name, where] of [['list', '/sanctions'], ['export', '/sanctions/export'], ['figures', '/sanctions/figures']]) {
    await step(where, () => stage.open(chief, where))
    await stage.look(chief, `sanctions-${name}`)
  }
}

async function wreck(stage, step) {
  const page = await stage.visitor({ username: 'boa1' })
  await step('the wrecks', () => stage.open(page, '/wrecks'))
  await stage.look(page, 'wrecks')
  await step('a new one without anything is refused per field', async () => {
    await stage.open(page, '/wrecks/new')
    await press(stage, page, 'wrecks-save', 422)
    expect.ok((await summary(page)).length > 20, 'what is missing')
  })
  await stage.look(page, 'wreck-refused')
  await step('labelled; before its term it is not removed', async () => {
    await page.locator('input[name=kind]').first().check()
    await page.locator('#description').fill(words('Fiets zonder voorwiel'))
    await page.locator('#place').fill('Stationsplein, rek 4')
    await page.locator('#labelled').check()
    await press(stage, page, 'wrecks-save')
    expect.match(page.url(), /\/wrecks\/[0-9a-f-]{36}/, 'its page')
    const label = await page.request.get(`${new URL(page.url()).pathname}/label.pdf`)
    expect.equal((await label.body()).toString('latin1').slice(0, 5), '%PDF-', 'a label')
  })
  await step('a photo', async () => {
    await page.locator('#photo').setInputFiles(await file('wreck.jpg', await photo(stage)))
    await press(stage, page, 'sanctions-photo-send')
    expect.ok((await page.locator('ul.photos img').count()) === 1, 'the photo')
  })
  await stage.look(page, 'wreck')
}
