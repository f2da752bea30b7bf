// What several scenarios use.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from './lib.mjs'
import { uuid7, wait } from './server.mjs'
import { like } from './words.mjs'

/** The button that carries the text of `key`. */
export const button = (page, key) => page.getByRole('button', { name: like(key) })
/** The first heading of the page. */
export const heading = (page) => page.locator('h1').innerText()
/** Everything that the page says. */
export const main = (page) => page.locator('main').innerText()
/** The faults of a form, above it. */
export const summary = (page) => page.locator('#errors').innerText()
/** Words that no earlier run used. */
export const words = (what) => `${what}, proef ${uuid7().slice(-6)}`

/** Somebody signs in and opens the start page of their role; gives the page. */
export async function desk(stage, step, username, role) {
  const page = await stage.visitor({ username })
  await step(`${role} signs in and sees the desk`, async () => {
    await stage.open(page, '/desk')
    expect.match(await page.locator('.site-tools').innerText(), like(`role-${role}`), 'who is signed in')
  })
  await stage.look(page, `desk-${role}`)
  return page
}

/** Presses a button and waits for the page that comes; gives the status of the answer. */
export async function press(stage, page, key, status = 200) {
  const target = typeof key === 'string' ? button(page, key).last() : key
  const [answer] = await stage.expecting([status], () =>
    Promise.all([
      page.waitForResponse((r) => r.request().isNavigationRequest() && !(r.status() >= 300 && r.status() < 400)),
      target.click(),
    ]),
  )
  await page.waitForLoadState()
  expect.equal(answer.status(), status, `status of ${answer.url()}`)
}

/** The newest mail in the folder of the demo that holds `text`, as its reader sees it. */
export async function mail(dir, text, patience = 30_000) {
  for (const end = Date.now() + patience; Date.now() < end; await wait(250)) {
    for (const name of readdirSync(join(dir, 'mail')).filter((n) => n.endsWith('.eml')).sort().reverse()) {
      const read = letter(readFileSync(join(dir, 'mail', name), 'utf8'))
      if (read.includes(text)) return read
    }
  }
  throw new Error(`no mail with ${JSON.stringify(text)} came within ${patience / 1000} s`)
}

/** The head of a mail and its text. */
function letter(raw) {
  const cut = raw.search(/\r?\n\r?\n/)
  const head = raw.slice(0, cut)
  const body = raw.slice(cut)
  if (/transfer-encoding: base64/i.test(head)) return `${head}\n\n${Buffer.from(body, 'base64')}`
  if (!/transfer-encoding: quoted-printable/i.test(head)) return raw
  const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  return `${head}\n\n${Buffer.from(bytes, 'latin1')}`
}
