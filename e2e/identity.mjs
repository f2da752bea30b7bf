// Who a person is: signing in at a real provider, its refusals, signing out at both sides, stepping up; and a local
// account with a second factor. It starts a program of its own, without the demo, and a provider beside it.
import { createHmac } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from './lib.mjs'
import { button } from './parts.mjs'
import { ACR, startProvider } from './provider.mjs'
import { Server, freePort, root, run, wait, withFolder } from './server.mjs'
import { like, t } from './words.mjs'

const SECRET = 'a-secret-of-regie-and-the-provider'
const PASSWORD = 'een zin die lang genoeg is'
const PEOPLE = {
  ada: { name: 'Ada Coordinator', email: 'ada@heemskerk.example', groups: ['team-handhaving', 'everybody'] },
  ben: { name: 'Ben Beheerder', email: 'ben@heemskerk.example', groups: ['regie-beheer'] },
  cor: { name: 'Cor Zonder', email: 'cor@heemskerk.example', groups: ['everybody'] },
  dex: { name: 'Dex Dubbel', email: 'dex@heemskerk.example', groups: ['team-handhaving', 'regie-beheer'] },
}

export async function identity(stage) {
  await withFolder('identity', async (dir) => {
    const { tally } = stage
    const port = await freePort()
    const regie = `http://127.0.0.1:${port}`
    const providerPort = await freePort()
    const config = await configure(dir, { port, regie, issuer: `http://localhost:${providerPort}` })
    const options = { port: providerPort, regie, people: structuredClone(PEOPLE), secret: SECRET }
    const world = { regie, config, dir, tally, stage }
    world.server = await tally.check('regie starts while its provider is down', () =>
      Server.start(['serve', '--config', config], port),
    )
    if (!world.server) return
    try {
      await tally.part('a provider that is down', (step) => down(world, step))
      world.provider = await startProvider(options)
      // Regie holds a provider for down during a second after it was, and who comes then is told so.
      await wait(1500)
      await tally.part('signing in at the provider', (step) => comingIn(world, step))
      await tally.part('what the provider cannot do', (step) => refusals(world, step))
      await tally.part('answers that somebody meddled with', (step) => meddling(world, step))
      await tally.part('stepping up at the provider', (step) => steppingUp(world, step))
      await tally.part('signing out at both sides', (step) => goingOut(world, step))
      await tally.part('a local account with a second factor', (step) => local(world, step))
    } finally {
      await world.provider?.close()
      await world.server.kill()
      if (tally.failed && world.server.log.trim()) console.log(`\nlast lines of regie:\n${world.server.log.slice(-3000)}`)
    }
  })
}

async function configure(dir, { port, regie, issuer }) {
  const config = join(dir, 'regie.toml')
  await mkdir(join(dir, 'mail'))
  await writeFile(join(dir, 'oidc-secret'), `${SECRET}\n`)
  await chmod(join(dir, 'oidc-secret'), 0o600)
  const made = await run(['keys', 'make', join(dir, 'keys.toml')])
  if (made.code !== 0) throw new Error(`keys make: ${made.err}`)
  await writeFile(
    config,
    `listen = "127.0.0.1:${port}"
public_url = "${regie}"
municipalities = ["${join(root, 'config/heemskerk')}"]
law = "${join(root, 'config/law')}"
keys = "keys.toml"

[storage]
kind = "sqlite"
dir = "."

[mail]
from = "Gemeente Heemskerk <regie@heemskerk.example>"
folder = "mail"

[[oidc]]
municipality = "GM0396"
name = "Heemskerk-account"
issuer = "${issuer}"
client_id = "regie"
client_secret_file = "oidc-secret"
scopes = ["profile", "email", "groups"]
acr = ["${ACR}"]
allow_private_addresses = true
allow_http = true
[oidc.roles]
"team-handhaving" = "coordinator"
"regie-beheer" = "administrator"
`,
  )
  return config
}

/** A browser of its own, without the watch over requests to elsewhere: the provider is elsewhere. */
async function visitor({ stage, regie }) {
  const context = await stage.browser.newContext({ baseURL: regie, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

const providerLink = (page) => page.getByRole('link', { name: t('identity-with-provider', { name: 'Heemskerk-account' }) })
const main = (page) => page.locator('main').innerText()
const path = (page) => new URL(page.url()).pathname
const isIn = async (page) => {
  const answer = await page.request.get('/account', { maxRedirects: 0 })
  return answer.status() === 200
}

/** From the sign-in page through the provider; `as`: whom its page shall sign in. Ends where the browser ends. */
async function signIn(page, as, back = '/account') {
  await page.goto(`/login?back=${back}`)
  await providerLink(page).click()
  await page.waitForURL(/\/interaction\//)
  const done = page.waitForResponse((r) => r.url().includes('/login/oidc/callback'))
  await page.getByRole('link', { name: as, exact: true }).click()
  const answer = await done
  await page.waitForLoadState()
  return answer.status()
}

async function down(world, step) {
  const page = await visitor(world)
  await step('the sign-in page stands, and says so kindly when asked to go there', async () => {
    await page.goto('/login')
    const [answer] = await Promise.all([page.waitForResponse((r) => r.url().includes('/login/oidc')), providerLink(page).click()])
    expect.equal(answer.status(), 503, 'status')
    expect.match(await main(page), like('identity-provider-down'), 'the page')
  })
  await world.stage.look(page, 'login-provider-down')
  await page.context().close()
}

async function comingIn(world, step) {
  const page = await visitor(world)
  await step('code, PKCE, state and nonce are asked for', async () => {
    expect.equal(await signIn(page, 'ada'), 303, 'status of the callback')
    const asked = world.provider.asked.find((a) => a.path === '/auth').query
    expect.equal(asked.get('response_type'), 'code', 'response_type')
    expect.equal(asked.get('code_challenge_method'), 'S256', 'code_challenge_method')
    expect.equal(asked.get('redirect_uri'), `${world.regie}/login/oidc/callback`, 'redirect_uri')
    for (const key of ['code_challenge', 'state', 'nonce']) expect.ok(asked.get(key)?.length >= 16, `${key} is short`)
  })
  await step('name from the provider, role from the group', async () => {
    expect.equal(path(page), '/account', 'where it leads')
    expect.match(await main(page), /Ada Coordinator/, 'name')
    expect.match(await main(page), like('role-coordinator'), 'role')
    expect.match(await main(page), like('identity-session-current'), 'the list of sessions')
  })
  await world.stage.look(page, 'account-sessions')
  await step('another group is another role at the next sign-in, and old sessions end', async () => {
    world.provider.people.ada.groups = ['regie-beheer']
    const second = await visitor(world)
    await signIn(second, 'ada')
    expect.match(await main(second), like('role-administrator'), 'role')
    expect.equal(await isIn(page), false, 'the session in the old role lives')
    await second.context().close()
    world.provider.people.ada.groups = ['team-handhaving']
  })
  await page.context().close()
}

async function refusals(world, step) {
  const page = await visitor(world)
  await step('nobody without a group gets in, and reads whom to ask', async () => {
    expect.equal(await signIn(page, 'cor'), 403, 'status')
    expect.match(await main(page), like('identity-no-group'), 'the page')
    expect.match(await main(page), /handhaving@heemskerk\.example/, 'whom to ask')
    expect.equal(await isIn(page), false, 'signed in')
  })
  await world.stage.look(page, 'login-no-group')
  await step('nor with groups of two roles', async () => {
    const other = await visitor(world)
    expect.equal(await signIn(other, 'dex'), 403, 'status')
    expect.match(await main(other), like('identity-several-roles'), 'the page')
    await other.context().close()
  })
  await step('who loses the group loses the account, with every session', async () => {
    const here = await visitor(world)
    const there = await visitor(world)
    await signIn(here, 'ada')
    expect.ok(await isIn(here), 'signed in first')
    world.provider.people.ada.groups = ['everybody']
    expect.equal(await signIn(there, 'ada'), 403, 'status')
    expect.equal(await isIn(here), false, 'the other session lives')
    world.provider.people.ada.groups = ['team-handhaving']
    const back = await visitor(world)
    expect.equal(await signIn(back, 'ada'), 303, 'back in the group')
    for (const p of [here, there, back]) await p.context().close()
  })
  await page.context().close()
}

async function meddling(world, step) {
  await step('another nonce in the id token is refused', async () => {
    // A route does not see a redirect: the way out is fetched, changed, and followed by hand.
    const page = await visitor(world)
    const out = await page.request.get('/login/oidc?back=/account', { maxRedirects: 0 })
    const to = new URL(out.headers().location)
    to.searchParams.set('nonce', 'a-nonce-of-somebody-else-entirely')
    await page.goto(to.href)
    const done = page.waitForResponse((r) => r.url().includes('/login/oidc/callback'))
    await page.getByRole('link', { name: 'ada', exact: true }).click()
    expect.equal((await done).status(), 400, 'status')
    await page.waitForLoadState()
    expect.match(await main(page), like('identity-provider-refused'), 'the page')
    expect.equal(await isIn(page), false, 'signed in')
    await page.context().close()
  })
  await step('another PKCE challenge is refused', async () => {
    const page = await visitor(world)
    const out = await page.request.get('/login/oidc?back=/account', { maxRedirects: 0 })
    const to = new URL(out.headers().location)
    to.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
    await page.goto(to.href)
    const done = page.waitForResponse((r) => r.url().includes('/login/oidc/callback'))
    await page.getByRole('link', { name: 'ada', exact: true }).click()
    expect.equal((await done).status(), 400, 'status')
    expect.equal(await isIn(page), false, 'signed in')
    await page.context().close()
  })
  await step('another state is refused', async () => {
    const page = await visitor(world)
    const answer = await callback(page, (url) => url.searchParams.set('state', 'x'.repeat(22)))
    expect.equal(answer.status(), 400, 'status')
    expect.equal(await isIn(page), false, 'signed in')
    await page.context().close()
  })
  await step('an answer of another issuer is refused', async () => {
    const page = await visitor(world)
    const answer = await callback(page, (url) => url.searchParams.set('iss', 'http://localhost:1'))
    expect.equal(answer.status(), 400, 'status')
    expect.equal(await isIn(page), false, 'signed in')
    await page.context().close()
  })
  await step('an answer works once', async () => {
    const page = await visitor(world)
    const seen = []
    page.on('request', (r) => r.url().includes('/login/oidc/callback') && seen.push(r.url()))
    expect.equal(await signIn(page, 'ada'), 303, 'the first time')
    const cookies = await page.context().cookies()
    await page.context().clearCookies()
    await page.context().addCookies(cookies.filter((c) => c.name !== 'session'))
    const again = await page.request.get(seen[0], { maxRedirects: 0 })
    expect.equal(again.status(), 400, 'the second time')
    expect.equal(await isIn(page), false, 'signed in')
    await page.context().close()
  })
  await step('an answer works only in the browser that began', async () => {
    const page = await visitor(world)
    const thief = await visitor(world)
    const stolen = await answerOf(page)
    const answer = await thief.request.get(stolen.href, { maxRedirects: 0 })
    expect.equal(answer.status(), 400, 'status')
    expect.equal(await isIn(thief), false, 'signed in')
    for (const p of [page, thief]) await p.context().close()
  })
}

/** From the sign-in page to the provider's. */
async function begin(page) {
  await page.goto('/login?back=/account')
  await providerLink(page).click()
  await page.waitForURL(/\/interaction\//)
}

/** The provider's answer to a sign-in as ada, as the browser would bring it: the way there is walked by hand. */
async function answerOf(page) {
  await begin(page)
  const link = await page.getByRole('link', { name: 'ada', exact: true }).getAttribute('href')
  let url = new URL(link, page.url())
  for (let n = 0; n < 5 && !url.pathname.endsWith('/callback'); n += 1) {
    const step = await page.request.get(url.href, { maxRedirects: 0 })
    url = new URL(step.headers().location, url)
  }
  expect.ok(url.searchParams.get('code'), `no code in ${url}`)
  return url
}

/** Brings the provider's answer after `change`. */
async function callback(page, change) {
  const url = await answerOf(page)
  change(url)
  return page.request.get(url.href, { maxRedirects: 0 })
}

async function steppingUp(world, step) {
  const page = await visitor(world)
  const link = () => page.getByRole('main').getByRole('link', { name: like('identity-with-provider') })
  await signIn(page, 'ada')
  const token = async () => (await page.context().cookies()).find((c) => c.name === 'session')?.value
  const before = await token()
  await step('the page sends to the provider, who asks anew although the person is signed in there', async () => {
    await page.goto('/step-up?back=/account')
    await link().click()
    await page.waitForURL(/\/interaction\//)
    const asked = world.provider.asked.filter((a) => a.path === '/auth').at(-1).query
    expect.equal(asked.get('prompt'), 'login', 'prompt')
    expect.equal(asked.get('max_age'), '0', 'max_age')
    expect.equal(asked.get('acr_values'), ACR, 'acr_values')
  })
  await step('without a second factor there it does not count', async () => {
    await page.getByRole('link', { name: 'ada', exact: true }).click()
    await page.waitForURL(/\/login\/oidc\/callback/)
    expect.match(await main(page), like('identity-no-second-factor'), 'the page')
    expect.equal(await token(), before, 'the session token')
  })
  await step('as somebody else it does not count', async () => {
    await page.goto('/step-up?back=/account')
    await link().click()
    await page.getByRole('link', { name: 'ben with factor', exact: true }).click()
    await page.waitForURL(/\/login\/oidc\/callback/)
    // The provider ends ada's session there, and says so: by then she may be signed out here too.
    const either = new RegExp(`${like('identity-other-person').source}|${like('fault-sign-in-title').source}`)
    expect.match(await main(page), either, 'the page')
  })
  await step('with a second factor it counts, and the session gets a fresh token', async () => {
    await page.context().clearCookies()
    await signIn(page, 'ada')
    const old = await token()
    await page.goto('/step-up?back=/account')
    await link().click()
    await page.getByRole('link', { name: 'ada with factor', exact: true }).click()
    await page.waitForURL(/\/account$/)
    expect.ok((await token()) !== old, 'the token is the old one')
    expect.ok(await isIn(page), 'signed in')
  })
  await page.context().close()
}

async function goingOut(world, step) {
  const page = await visitor(world)
  await signIn(page, 'ada')
  await step('signing out here signs out there', async () => {
    await page.goto('/account')
    await button(page, 'session-sign-out').click()
    await page.waitForURL(/\/session\/end/)
    expect.equal(await isIn(page), false, 'signed in here')
    await page.getByRole('button', { name: 'Sign out here too' }).click()
    await page.waitForURL(`${world.regie}/`)
    await page.goto('/login')
    await providerLink(page).click()
    await page.waitForURL(/\/interaction\//)
    expect.match(await page.locator('h1').innerText(), /login/, 'what the provider asks')
  })
  await step('signing out there signs out here', async () => {
    const other = await visitor(world)
    await signIn(other, 'ada')
    await signIn(page, 'ada')
    expect.ok((await isIn(page)) && (await isIn(other)), 'both signed in')
    await page.goto(`${world.provider.issuer}/session/end`)
    await page.getByRole('button', { name: 'Sign out here too' }).click()
    await page.waitForLoadState()
    for (let n = 0; (await isIn(page)) && n < 60; n += 1) await wait(50)
    expect.equal(await isIn(page), false, 'signed in here')
    expect.equal(await isIn(other), true, 'the session in another browser')
    await other.context().close()
  })
  await step('a forged logout token ends nothing', async () => {
    await signIn(page, 'ada')
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: world.provider.issuer,
      aud: 'regie',
      sub: 'ada',
      iat: now,
      exp: now + 60,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    }
    const head = part({ alg: 'HS256', typ: 'logout+jwt' })
    const sign = createHmac('sha256', SECRET).update(`${head}.${part(claims)}`).digest('base64url')
    for (const token of [`${head}.${part(claims)}.${sign}`, `${part({ alg: 'none' })}.${part(claims)}.`, 'x', '']) {
      const answer = await world.server.call('POST', '/login/oidc/backchannel', {
        body: new URLSearchParams({ logout_token: token }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect.equal(answer.status, 400, `status of ${token.slice(0, 30)}`)
    }
    expect.ok(await isIn(page), 'the session lives')
  })
  await page.context().close()
}

/** The newest mail's text. */
async function mail(dir) {
  for (let n = 0; n < 200; n += 1) {
    const names = (await readdir(join(dir, 'mail'))).filter((name) => name.endsWith('.eml'))
    if (names.length > 0) {
      const text = await readFile(join(dir, 'mail', names.sort().at(-1)), 'utf8')
      const [head, ...body] = text.split('\r\n\r\n')
      const encoded = body.join('\r\n\r\n')
      if (/base64/i.test(head)) return Buffer.from(encoded, 'base64').toString('utf8')
      return encoded.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    }
    await wait(100)
  }
  throw new Error('no mail came')
}

/** The code of an app on a phone (RFC 6238). */
function code(key, at = Date.now()) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...key].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const offset = hash.at(-1) & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function local(world, step) {
  const admin = await visitor(world)
  const page = await visitor(world)
  let key
  let spare
  await step('the administrator makes an account', async () => {
    await signIn(admin, 'ben', '/accounts')
    await admin.getByRole('link', { name: t('identity-new-title') }).click()
  })
  await world.stage.look(admin, 'account-new')
  await step('its person chooses a password by the link in the mail', async () => {
    await admin.locator('#name').fill('Noor Terlouw')
    await admin.locator('#email').fill('noor@heemskerk.example')
    await admin.locator('#role').selectOption('officer')
    await button(admin, 'identity-new-button').click()
    await admin.waitForURL(/\/accounts\/[0-9a-f-]{36}$/)
    const link = (await mail(world.dir)).match(/\/welcome\/[0-9a-f]+/)[0]
    await page.goto(link)
  })
  await world.stage.look(page, 'welcome')
  await step('and signs in with it', async () => {
    await page.locator('#password').fill(PASSWORD)
    await page.locator('#again').fill(PASSWORD)
    await button(page, 'identity-password-keep').click()
    await page.getByRole('main').getByRole('link', { name: t('site-login') }).click()
    await page.locator('#username').fill('noor@heemskerk.example')
    await page.locator('#password').fill(PASSWORD)
    await page.locator('form[action="/login"] button').click()
    await page.waitForURL(/\/account\/second-factor$/)
  })
  await step('begins a second factor', async () => {
    await button(page, 'identity-factor-start').click()
    await page.locator('svg.qr').waitFor()
  })
  await world.stage.look(page, 'second-factor')
  await step('confirms it with the first code and gets ten recovery codes', async () => {
    key = (await page.locator('ol code').innerText()).replaceAll(' ', '')
    await page.locator('#code').fill(code(key))
    await page.locator('#password').fill(PASSWORD)
    await button(page, 'identity-factor-confirm').click()
    await page.getByRole('heading', { name: t('identity-codes-title') }).waitFor()
    const codes = await page.locator('main li code').allInnerTexts()
    expect.equal(codes.length, 10, 'recovery codes')
    spare = codes[0]
  })
  await world.stage.look(page, 'recovery-codes')
  await step('the password alone is not enough any more; a recovery code is, once', async () => {
    for (const [typed, status] of [
      ['000000', 422],
      [spare, 303],
      [spare, 422],
    ]) {
      const other = await visitor(world)
      await other.goto('/login?back=/account')
      await other.locator('#username').fill('noor@heemskerk.example')
      await other.locator('#password').fill(PASSWORD)
      await other.locator('form[action="/login"] button').click()
      await other.waitForURL(/\/login\/code$/)
      if (typed === '000000') await world.stage.look(other, 'login-code')
      await other.locator('#code').fill(typed)
      const done = other.waitForResponse((r) => r.request().method() === 'POST')
      await button(other, 'identity-continue').click()
      expect.equal((await done).status(), status, `status for ${typed}`)
      await other.context().close()
    }
  })
  await step('steps up with the next code', async () => {
    await page.goto('/step-up?back=/account')
  })
  await world.stage.look(page, 'step-up')
  await step('and comes back', async () => {
    await page.locator('#code').fill(code(key, Date.now() + 30_000))
    await button(page, 'identity-continue').click()
    await page.waitForURL(/\/account$/)
  })
  await step('the administrator closes the account: out at once', async () => {
    await admin.reload()
  })
  await world.stage.look(admin, 'account-of-another')
  await step('every session of it is dead', async () => {
    await button(admin, 'identity-end').click()
    await admin.waitForLoadState()
    expect.equal(await isIn(page), false, 'signed in')
  })
  for (const p of [admin, page]) await p.context().close()
}
