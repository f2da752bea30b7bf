// Behind the fences, as its people do it: a purpose and a second factor before a record, a disclosure that the law
// refuses and one that it allows, a request of a data subject to its letter, and what the privacy officer watches.
import { expect } from './lib.mjs'
import { t } from './words.mjs'

const REASON = 'Voorbereiding van mijn dienst in het centrum'

export async function fences(stage) {
  await stage.tally.part('an officer behind the fence', (step) => officer(stage, step))
  await stage.tally.part('the coordinator discloses', (step) => coordinator(stage, step))
  await stage.tally.part('a case with a partner', (step) => partner(stage, step))
  await stage.tally.part('the privacy officer', (step) => privacy(stage, step))
  await stage.tally.part('who gives access', (step) => access(stage, step))
  await stage.quiet('the fences')
}

/** Shows the second factor; the demo has a button for it. */
export async function stepUp(page, back) {
  await page.goto(`/step-up?back=${back}`)
  await page.locator('form[action="/demo/step-up"] button').click()
  await page.waitForURL((url) => url.pathname !== '/step-up')
}

/** States the purpose where the vault asks for it. */
async function state(page, investigator) {
  if (investigator) await page.locator('input[name="open-hat"][value="investigator"]').check()
  await page.locator('main textarea').first().fill(REASON)
  await page.getByRole('button', { name: t('records-to-open') }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/open'))
}

async function officer(stage, step) {
  const page = await stage.visitor({ username: 'boa1' })
  await step('sees what the role may open, and what is missing', async () => {
    await stage.open(page, '/records')
    await page.getByText(t('fence-step-up')).first().waitFor()
  })
  await stage.look(page, 'records-home')
  await step('is asked for a second factor, and told why not', async () => {
    await stage.open(page, '/records/wpg-daily', 403)
    await page.getByText(t('fence-step-up')).waitFor()
  })
  await stage.look(page, 'records-why-not')
  await step('shows it, and is asked for hat and purpose', async () => {
    await stepUp(page, '/records/wpg-daily')
    expect.match(page.url(), /\/records\/wpg-daily\/open/, 'the purpose comes first')
  })
  await stage.look(page, 'records-purpose')
  await step('as a supervisor the police data stay shut, and the words stay', async () => {
    await page.locator('input[name="open-hat"][value="supervisor"]').check()
    await page.locator('main textarea').first().fill(REASON)
    await stage.expecting([403, 422], () => page.getByRole('button', { name: t('records-to-open') }).click())
    await page.getByText(t('records-hat-wrong')).first().waitFor()
  })
  await step('as an investigator they open', async () => {
    await stage.open(page, '/records/wpg-daily/open')
    await state(page, true)
    expect.match(page.url(), /\/records\/wpg-daily$/, 'the list')
  })
  await stage.look(page, 'records-list')
  await step('writes a note', async () => {
    await stage.open(page, '/records/wpg-daily/new')
  })
  await stage.look(page, 'records-new')
  await step('and reads it back', async () => {
    await page.locator('[name="title"]').fill('Vernieling van een bank')
    await page.locator('[name="text"]').fill('Betrokkene trapte een bank stuk in het park.')
    await page.locator('[name="person-0-name"]').fill('Wiebe van der Zanden')
    await page.locator('main form button.primary, main form button[type="submit"]').last().click()
    await page.waitForURL(/\/records\/wpg-daily\/[0-9a-f-]{36}$/)
    await page.getByText('Wiebe van der Zanden').first().waitFor()
  })
  await stage.look(page, 'record')
  await step('another number answers as one that does not exist', async () => {
    await stage.open(page, '/records/wpg-daily/018f0000-0000-7000-8000-000000000000', 404)
  })
  await stage.open(page, '/records/wpg-daily/search')
  await stage.look(page, 'records-search')
}

async function coordinator(stage, step) {
  const page = await stage.visitor({ username: 'coordinator' })
  await stepUp(page, '/records/wpg-daily')
  await state(page, true)
  await step('opens the disclosure of a note', async () => {
    await page.locator('main a[href*="/records/wpg-daily/0"]').first().click()
    await page.locator('a[href$="/disclose"]').first().click()
    await page.waitForURL(/\/disclose$/)
  })
  await stage.look(page, 'disclose')
  await step('the law refuses the press, and nothing typed is lost', async () => {
    await page.locator('[name="field"][value="title"]').check()
    await page.locator('[name="receiver"]').selectOption('press')
    await page.locator('[name="name"]').fill('De IJmonder Krant')
    await page.locator('[name="basis"]').selectOption({ index: 1 })
    await page.locator('[name="purpose"]').fill('Een bericht in de krant')
    await page.locator('[name="necessity"]').fill('De krant wil weten wat er in het park is gebeurd.')
    await stage.expecting([409, 422], () => page.locator('main form button').last().click())
    expect.match(page.url(), /\/disclose$/, 'still on the form')
    expect.equal(await page.locator('[name="name"]').inputValue(), 'De IJmonder Krant', 'what was typed')
  })
  await stage.look(page, 'disclose-refused')
}

async function partner(stage, step) {
  const page = await stage.visitor({ username: 'wijkagent', phone: true })
  await stepUp(page, '/records/zvh-cases')
  await step('the neighbourhood police officer sees the cases that the covenant opens', async () => {
    await state(page, false)
    await page.locator('main a[href*="/records/zvh-cases/0"]').first().waitFor()
  })
  await stage.look(page, 'records-partner')
  await step('and nothing else', async () => {
    for (const path of ['/records/wpg-daily', '/signals', '/audit', '/partners']) await stage.open(page, path, 403)
  })
}

async function privacy(stage, step) {
  const page = await stage.visitor({ username: 'privacy' })
  await step('writes down a request', async () => {
    await stage.open(page, '/rights/new')
  })
  await stage.look(page, 'rights-new')
  await step('with its term of a month', async () => {
    await page.locator('[name="kind"][value="access"]').check()
    await page.locator('[name="name"]').fill('Tjitske Hollebeek')
    await page.locator('[name="birth"]').fill('1968-11-23')
    await page.locator('[name="email"]').fill('tjitske@voorbeeld.example')
    await page.locator('main form button').last().click()
    await page.waitForURL(/\/rights\/[0-9a-f-]{36}$/)
  })
  await stage.look(page, 'rights-dossier')
  for (const [path, name] of [
    ['/rights', 'rights'],
    ['/disclosures', 'disclosures'],
    ['/retention', 'retention'],
    ['/retention/rules', 'retention-rules'],
    ['/retention/holds', 'retention-holds'],
    ['/retention/proofs', 'retention-proofs'],
    ['/retention/backups', 'retention-backups'],
    ['/audit?vault=wpg', 'audit-wpg'],
    ['/audit/anchors', 'audit-anchors'],
    ['/incidents', 'incidents'],
    ['/incidents/new', 'incidents-new'],
    ['/register', 'register'],
    ['/register/wpg-daily', 'register-wpg'],
    ['/algorithms', 'algorithms-register'],
    ['/records/review', 'records-review'],
  ]) {
    await step(`reads ${path}`, () => stage.open(page, path))
    await stage.look(page, name)
  }
}

async function access(stage, step) {
  const adviser = await stage.visitor({ username: 'adviseur' })
  for (const [path, name] of [
    ['/partners', 'partners'],
    ['/partners/new', 'partners-new'],
    ['/covenants', 'covenants'],
    ['/covenants/new', 'covenants-new'],
    ['/authorisations', 'authorisations'],
    ['/authorisations/new', 'authorisations-new'],
  ]) {
    await step(`reads ${path}`, () => stage.open(adviser, path))
    await stage.look(adviser, name)
  }
  await step('an expired covenant says so', async () => {
    await stage.open(adviser, '/covenants')
    await adviser.locator('main a[href^="/covenants/0"]').last().click()
  })
  await stage.look(adviser, 'covenant')
  const administrator = await stage.visitor({ username: 'beheer' })
  await step('the administrator opens an account', () => stage.open(administrator, '/accounts/new'))
  await stage.look(administrator, 'accounts-new')
}
