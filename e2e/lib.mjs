// What the scenarios stand on: steps that are counted, a browser, and a look at every page.
import { chromium } from 'playwright-core'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './server.mjs'
import { keyPattern } from './words.mjs'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']
export const out = join(root, 'e2e/out')
const WIDE = { width: 1280, height: 900 }
const PHONE = { width: 390, height: 844 }

/** A fault that the test itself found. */
export class Wrong extends Error {}

export const expect = {
  ok: (value, what) => {
    if (!value) throw new Wrong(what)
  },
  equal: (have, want, what) => {
    if (have !== want) throw new Wrong(`${what}: expected ${JSON.stringify(want)}, found ${JSON.stringify(have)}`)
  },
  match: (have, pattern, what) => {
    if (!pattern.test(have)) throw new Wrong(`${what}: ${pattern} is not in ${JSON.stringify(String(have).slice(0, 300))}`)
  },
}

/** Counts what passed and what failed, one line each. */
export class Tally {
  passed = 0
  failed = 0

  /** One step; a failure is counted and the test goes on. Gives what `work` gave, or undefined. */
  async check(name, work) {
    const begin = performance.now()
    try {
      const value = await work()
      this.passed += 1
      console.log(`ok    ${name} (${((performance.now() - begin) / 1000).toFixed(1)} s)`)
      return value
    } catch (error) {
      this.failed += 1
      const text = error instanceof Wrong ? error.message : (error?.stack ?? String(error))
      console.log(`FAIL  ${name}\n      ${text.split('\n').slice(0, 14).join('\n      ')}`)
      return undefined
    }
  }

  /** A part of the test: when one of its steps throws, the rest of the part is left out, and that counts. */
  async part(name, work) {
    console.log(`\n-- ${name}`)
    const stop = new Error('left out')
    const step = async (title, act) => {
      const failures = this.failed
      const value = await this.check(title, act)
      if (this.failed > failures) throw stop
      return value
    }
    try {
      await work(step)
    } catch (error) {
      if (error === stop) console.log('      (the rest of this part is left out)')
      else await this.check(`${name}: runs to its end`, () => Promise.reject(error))
    }
  }
}

/** The browser and everything that is asked of a page. */
export class Stage {
  static async open(base, tally) {
    await mkdir(out, { recursive: true })
    const executablePath =
      process.env.CHROMIUM ??
      ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
    const browser = await chromium.launch({
      executablePath,
      args: [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // a microphone that beeps, for the spoken note
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    })
    return new Stage(base, tally, browser)
  }

  constructor(base, tally, browser) {
    this.base = base
    this.tally = tally
    this.browser = browser
    this.complaints = []
    this.seen = new Set()
    /** While a step expects refusals (4xx of a page), those statuses stand here. */
    this.expected = new Set()
  }

  close() {
    return this.browser.close()
  }

  /** A new visitor with a cookie jar of its own. */
  async visitor({ username, phone = false, ...options } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.base,
      viewport: phone ? PHONE : WIDE,
      hasTouch: phone,
      locale: 'nl-NL',
      timezoneId: 'Europe/Amsterdam',
      ...options,
    })
    context.setDefaultTimeout(15_000)
    context.scriptless = options.javaScriptEnabled === false
    const page = await context.newPage()
    this.watch(page)
    if (username) await this.signIn(page, username)
    return page
  }

  /** Collects what the browser complains about: scripts, the content security policy, missing files. */
  watch(page) {
    page.on('console', (message) => {
      const text = message.text()
      // A page that is refused is reported by its status, below.
      if (message.type() !== 'error' || text.startsWith('Failed to load resource')) return
      // axe measures with styles of its own, which the page's policy refuses.
      if (this.measuring && text.startsWith('Applying inline style')) return
      this.complaints.push(text)
    })
    page.on('pageerror', (error) => this.complaints.push(`script: ${error.message}`))
    page.on('response', (response) => {
      const status = response.status()
      if (status < 400) return
      const document = response.request().isNavigationRequest()
      if (document && (this.expected.has(status) || status === 403)) return
      // The form keeps what is typed by itself; a draft that is too long is refused then too, at a moment of its own.
      if (status === 422 && response.url() === `${this.base}/report/draft`) return
      this.complaints.push(`${status} for ${response.url().replace(this.base, '')}`)
    })
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? ''
      if (why !== 'net::ERR_ABORTED') this.complaints.push(`${why} for ${request.url()}`)
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(this.base) && !/^(data|blob|about):/.test(request.url())) {
        this.complaints.push(`a request to elsewhere: ${request.url()}`)
      }
    })
  }

  /** Signs in as a persona of the demo. */
  async signIn(page, username) {
    await page.goto('/login?back=/desk')
    await page.locator(`form:has(input[name="username"][value="${username}"]) button.persona`).click()
    await page.waitForURL((url) => url.pathname !== '/login')
  }

  /** Opens a path and gives the status of the answer. */
  async open(page, path, status = 200) {
    this.expected.add(status)
    const answer = await page.goto(path)
    this.expected.delete(status)
    expect.equal(answer?.status(), status, `status of ${path}`)
    return answer
  }

  /** Lets a step get answers of these statuses. */
  async expecting(statuses, work) {
    for (const status of statuses) this.expected.add(status)
    try {
      return await work()
    } finally {
      for (const status of statuses) this.expected.delete(status)
    }
  }

  /** A picture of the whole page; asked of the browser itself, as Playwright's own way adds a style to the page. */
  async shot(page, name) {
    const browser = await page.context().newCDPSession(page)
    const { cssContentSize } = await browser.send('Page.getLayoutMetrics')
    const { data } = await browser.send('Page.captureScreenshot', {
      captureBeyondViewport: true,
      clip: { ...cssContentSize, x: 0, y: 0, scale: 1 },
    })
    await browser.detach()
    await writeFile(join(out, `${name}.png`), Buffer.from(data, 'base64'))
  }

  /**
   * The look at a page: axe at both widths, pictures at both widths, no scrolling sideways at 320 px, nothing in
   * English on a Dutch page, no complaint of the browser. Counts as one check. `variables`: the page names on purpose
   * what may be filled in.
   */
  async look(page, name, { language = 'nl', variables = false } = {}) {
    expect.ok(!this.seen.has(name), `two pages are called ${name}`)
    this.seen.add(name)
    await this.tally.check(`page ${name}: axe, 320 px, console, pictures`, async () => {
      const faults = []
      const size = page.viewportSize() ?? WIDE
      for (const [view, label] of [
        [WIDE, '1280'],
        [PHONE, '390'],
      ]) {
        await page.setViewportSize(view)
        await this.shot(page, `${name}-${label}`)
        const found = page.context().scriptless ? await this.axeOfCopy(page, view) : await this.axe(page)
        faults.push(...found.map((fault) => `axe at ${label}: ${fault}`))
      }
      await page.setViewportSize({ width: 320, height: 700 })
      const { wide, widest } = await page.evaluate(overflow)
      if (wide > 320) faults.push(`at 320 px the page is ${wide} px wide: ${widest}`)
      await page.setViewportSize(size)
      const text = await page.evaluate(() => document.body.innerText)
      const raw = rawText(variables ? text.replace(/\{ \$\w+ \}/g, '') : text)
      if (raw) faults.push(`raw text on the page: ${raw}`)
      const lang = await page.evaluate(() => document.documentElement.lang)
      if (lang !== language) faults.push(`the page says lang="${lang}"`)
      faults.push(...new Set(this.complaints.splice(0)))
      if (faults.length) throw new Wrong(faults.join('\n'))
    })
  }

  /** The violations that axe finds in the page itself. */
  async axe(page) {
    this.measuring = true
    try {
      return await axe(page)
    } finally {
      await page.evaluate(() => 0)
      this.measuring = false
    }
  }

  /** axe cannot run where scripts are off: it looks at the same page in a browser where they are on, scripts removed. */
  async axeOfCopy(page, viewport) {
    const body = (await page.content()).replace(/<script\b[^>]*><\/script>/g, '')
    const context = await this.browser.newContext({ viewport })
    try {
      const copy = await context.newPage()
      await copy.route(page.url(), (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }))
      await copy.goto(page.url())
      return await axe(copy)
    } finally {
      await context.close()
    }
  }

  /** Nothing to complain about since the last look. */
  async quiet(name) {
    await this.tally.check(`${name}: the browser has no complaints`, () => {
      const complaints = this.complaints.splice(0)
      expect.ok(!complaints.length, complaints.join('\n'))
    })
  }
}

/** The violations that axe finds, one line each. Evaluated by the debugger, so the page's CSP stays as it is. */
export async function axe(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const found = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }),
    AXE_TAGS,
  )
  return found.violations.map(
    (v) =>
      `${v.id} (${v.impact}): ${v.help}: ${v.nodes
        .slice(0, 3)
        .map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`.slice(0, 220))
        .join(' | ')}${v.nodes.length > 3 ? ` and ${v.nodes.length - 3} more` : ''}`,
  )
}

/** What no reader should see: keys without a text, values that were not filled in, words of the program. */
function rawText(text) {
  const pattern = /\{ ?\$?\w+ ?\}|\bundefined\b|\bNaN\b|\bSome\(|\bNone\b|\bnull\b/
  return (text.match(pattern) ?? text.match(keyPattern))?.[0]
}

/** In the page: how wide the document is, and the texts that make it so. */
function overflow() {
  const width = document.documentElement.clientWidth
  const wide = document.documentElement.scrollWidth
  const clipped = (element) => {
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      const { overflowX, clip, clipPath } = getComputedStyle(up)
      if (overflowX !== 'visible' || clip !== 'auto' || clipPath !== 'none') return true
    }
    return false
  }
  const found = []
  if (wide > width) {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      range.selectNodeContents(text)
      const { right } = range.getBoundingClientRect()
      if (right > width + 1 && !clipped(text.parentElement)) {
        found.push(`${text.parentElement.tagName.toLowerCase()} "${text.data.trim().slice(0, 50)}" to ${Math.round(right)}`)
      }
    }
  }
  return { wide, widest: found.slice(0, 4).join(', ') }
}

/** A photo of a street that never was: a JPEG of a drawn page. */
export async function photo(stage, width = 1200, height = 900) {
  const context = await stage.browser.newContext({ viewport: { width, height } })
  const page = await context.newPage()
  await page.setContent(`<body style="margin:0"><svg width="${width}" height="${height}" viewBox="0 0 1200 900">
    <rect width="1200" height="520" fill="#a9c7de"/><rect y="520" width="1200" height="380" fill="#75736d"/>
    <rect x="90" y="180" width="420" height="350" fill="#a3604a"/><rect x="560" y="230" width="520" height="300" fill="#8e5443"/>
    <g fill="#dfe7ea"><rect x="150" y="250" width="90" height="110"/><rect x="330" y="250" width="90" height="110"/>
    <rect x="640" y="300" width="90" height="110"/><rect x="860" y="300" width="90" height="110"/></g>
    <g fill="#26282b"><ellipse cx="620" cy="690" rx="95" ry="62"/><ellipse cx="760" cy="712" rx="80" ry="56"/>
    <ellipse cx="690" cy="640" rx="62" ry="52"/></g><rect x="820" y="640" width="120" height="96" fill="#c79b5d"/></svg>`)
  const bytes = await page.screenshot({ type: 'jpeg', quality: 82 })
  await context.close()
  return bytes
}

/** A file in the folder of the pictures, for a form that wants a file. */
export async function file(name, bytes) {
  const path = join(out, name)
  await writeFile(path, bytes)
  return path
}
