// A finger or a face in place of the PIN, by an authenticator that the browser makes up. An authenticator knows a site by its
// name: the program is asked as `localhost`.
import { join } from 'node:path'
import { axe, expect, out } from './lib.mjs'
import { t } from './words.mjs'

const PIN = '482915'
const app = (key, values) => t(`field-app-${key}`, values)

export async function print(stage, step, port) {
  const context = await stage.browser.newContext({ baseURL: `http://localhost:${port}`, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'nl-NL' })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const press = (key) => page.getByRole('button', { name: app(key), exact: true }).first().click()
  const clean = async (name) => {
    // Not by a session of its own: when that ends, the made-up authenticator goes with it.
    await page.screenshot({ path: join(out, `field-${name}.png`), fullPage: true })
    const found = await axe(page)
    expect.ok(!found.length, `axe at ${name}: ${found.join('\n')}`)
  }
  const type = async (key, code) => {
    await page.locator(`input.pin`).first().fill(code)
    await press(key)
  }
  const inside = () => page.locator('.taps').first().waitFor()
  try {
    await step('the PIN is chosen; then a finger is switched on, by the PIN', async () => {
      const client = await context.newCDPSession(page)
      await client.send('WebAuthn.enable')
      const options = { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf: true }
      const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', { options })
      page.finger = (isUserVerified) => client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
      await page.goto('/login?back=/field')
      await page.locator('form:has(input[name="username"][value="boa3"]) button.persona').click()
      await page.locator('#pin').fill(PIN)
      await page.locator('#pin-again').fill(PIN)
      await press('pin-keep')
      await inside()
      await page.goto('/field#more')
      await clean('22-print')
      await type('print-set', '999999')
      await page.locator('.fault', { hasText: app('pin-wrong', { n: 4 }) }).waitFor()
      await type('print-set', PIN)
      await page.getByText(app('print-on')).waitFor()
      await clean('23-print-on')
    })
    await step('it opens the app without reception', async () => {
      await press('lock-now')
      await context.setOffline(true)
      await clean('24-print-locked')
      await press('print-open')
      await inside()
    })
    await step('another finger does not, the PIN does', async () => {
      await page.finger(false)
      await page.goto('/field#more')
      await press('lock-now')
      await press('print-open')
      await page.locator('.fault', { hasText: app('print-fault') }).waitFor()
      await type('unlock', PIN)
      await inside()
    })
    await step('switched off, only the PIN is left', async () => {
      await page.goto('/field#more')
      await press('print-off')
      await page.locator('#print-pin').waitFor()
      await press('lock-now')
      await page.locator('#pin').waitFor()
      expect.equal(await page.getByRole('button', { name: app('print-open') }).count(), 0, 'the button for a finger')
    })
  } finally {
    await context.close()
  }
}
