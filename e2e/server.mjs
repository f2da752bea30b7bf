// The program under test as a process of ours: started on a free port, spoken to, stopped by its own id.
import { spawn } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const bin = resolve(root, process.env.REGIE_BIN ?? 'target/debug/regie')

export const wait = (ms) => new Promise((done) => setTimeout(done, ms))

/** A port that was free a moment ago. */
export const freePort = () =>
  new Promise((done, fail) => {
    const probe = createServer().on('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })

/** Runs `use(folder)` with a new folder and removes it afterwards; KEEP=1 keeps it. */
export async function withFolder(name, use) {
  const dir = await mkdtemp(join(process.env.REGIE_TMP ?? tmpdir(), `regie-${name}-`))
  try {
    return await use(dir)
  } finally {
    if (process.env.KEEP) console.log(`kept: ${dir}`)
    else await rm(dir, { recursive: true, force: true })
  }
}

/** Runs the program to its end. `input` goes to its standard input. */
export function run(args, { input = '', env = {} } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(bin, args, { cwd: root, env: { ...process.env, ...env } })
    let out = ''
    let err = ''
    child.stdout.on('data', (d) => (out += d))
    child.stderr.on('data', (d) => (err += d))
    child.on('error', fail)
    child.on('close', (code) => done({ code, out, err }))
    child.stdin.end(input)
  })
}

/** A running `regie demo` or `regie serve`. */
export class Server {
  /** `args`: what the program is called with; `port`: where it will listen. */
  static async start(args, port, { patience = 180_000, env = {} } = {}) {
    const server = new Server(args, port, env)
    await server.healthy(patience)
    return server
  }

  static async demo(dir, options = {}) {
    const port = await freePort()
    return Server.start(['demo', '--dir', dir, '--port', String(port)], port, options)
  }

  constructor(args, port, env) {
    this.port = port
    this.base = `http://127.0.0.1:${port}`
    this.log = ''
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
    this.started = performance.now()
    this.child = spawn(bin, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (d) => (this.log = (this.log + d).slice(-20_000)))
    }
    this.ended = new Promise((done) => {
      this.child.on('error', (error) => done({ code: null, signal: null, error }))
      this.child.on('exit', (code, signal) => done({ code, signal }))
    })
    this.ended.then((end) => (this.end = end))
  }

  get pid() {
    return this.child.pid
  }

  async healthy(patience) {
    const end = Date.now() + patience
    for (;;) {
      if (this.end) throw new Error(`regie ended at start (${JSON.stringify(this.end)}):\n${this.log}`)
      const answer = await this.call('GET', '/healthz').catch(() => null)
      if (answer?.status === 200) break
      if (Date.now() > end) {
        await this.kill()
        throw new Error(`regie did not answer within ${patience / 1000} s:\n${this.log}`)
      }
      await wait(5)
    }
    /** Milliseconds from spawn to the first 200 of /healthz. */
    this.startMs = performance.now() - this.started
  }

  /** One request; resolves with status, headers, body (Buffer) and milliseconds. */
  call(method, path, { headers = {}, body, cookie, timeout = 120_000 } = {}) {
    return new Promise((done, fail) => {
      const begin = performance.now()
      const payload = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(body)
      const request = http.request(
        {
          host: '127.0.0.1',
          port: this.port,
          method,
          path,
          agent: this.agent,
          timeout,
          headers: {
            ...(cookie ? { cookie } : {}),
            ...(payload ? { 'content-length': payload.length } : {}),
            ...headers,
          },
        },
        (answer) => {
          const parts = []
          answer.on('data', (part) => parts.push(part))
          answer.on('error', fail)
          answer.on('end', () =>
            done({
              status: answer.statusCode,
              headers: answer.headers,
              body: Buffer.concat(parts),
              ms: performance.now() - begin,
            }),
          )
        },
      )
      request.on('timeout', () => request.destroy(new Error(`no answer within ${timeout} ms`)))
      request.on('error', fail)
      request.end(payload)
    })
  }

  postJson(path, value, cookie) {
    return this.call('POST', path, {
      cookie,
      body: JSON.stringify(value),
      headers: { 'content-type': 'application/json' },
    })
  }

  /** Posts a form and gives back the session cookie that it earned. */
  async signIn(path, fields) {
    const answer = await this.call('POST', path, {
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const cookie = [answer.headers['set-cookie'] ?? []].flat().find((c) => c.startsWith('session='))
    if (answer.status !== 303 || !cookie) throw new Error(`sign-in at ${path} gave ${answer.status}`)
    return cookie.split(';')[0]
  }

  persona(username) {
    return this.signIn('/demo/sign-in', { username, back: '/' })
  }

  /** CPU seconds used so far, of all its threads. */
  cpu() {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  }

  /** Resident memory in MiB: now and at its highest. */
  memory() {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8')
    const mib = (key) => Number(status.match(new RegExp(`${key}:\\s+(\\d+)`))?.[1] ?? NaN) / 1024
    return { rss: mib('VmRSS'), high: mib('VmHWM') }
  }

  /** SIGTERM, as a service manager does; gives the exit code. */
  async stop(patience = 20_000) {
    if (!this.end) this.child.kill('SIGTERM')
    this.agent.destroy()
    const end = await Promise.race([this.ended, wait(patience).then(() => null)])
    if (end) return end.code
    await this.kill()
    return `still running ${patience / 1000} s after SIGTERM`
  }

  /** SIGKILL: no time to say goodbye. */
  async kill() {
    if (!this.end) this.child.kill('SIGKILL')
    await this.ended
    this.agent.destroy()
  }
}

/** A UUID of version 7, made by the client. */
export function uuid7(ms = Date.now()) {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(ms, 0, 6)
  randomFillSync(bytes, 6)
  bytes[6] = (bytes[6] & 0x0f) | 0x70
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** A small generator of numbers in [0, 1) with a seed (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
