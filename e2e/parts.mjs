// What several scenarios use.
import { expect } from './lib.mjs'
import { like } from './words.mjs'

/** The button that carries the text of `key`. */
export const button = (page, key) => page.getByRole('button', { name: like(key) })
/** The first heading of the page. */
export const heading = (page) => page.locator('h1').innerText()

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
