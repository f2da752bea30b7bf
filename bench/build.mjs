// What building costs: after a small change, and from a clean clone with empty package caches.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, root, wait, withFolder } from '../e2e/server.mjs'

/** A changed file and what is asked of cargo then. */
const CHANGES = [
  ['a store of `signals`', 'crates/signals/src/intake/store.rs', ['build', '-p', 'regie']],
  ['a store of `signals`, check only', 'crates/signals/src/intake/store.rs', ['check', '-p', 'regie']],
  ['a page of `people`', 'crates/people/src/session/pages/me.html', ['build', '-p', 'regie']],
  ['the routes', 'crates/regie/src/routes.rs', ['build', '-p', 'regie']],
]

/** Seconds of an incremental development build after touching one file. */
export function builds(say) {
  const cargo = (args) => {
    const begin = performance.now()
    const done = spawnSync('cargo', args, { cwd: root, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`cargo ${args.join(' ')}\n${done.stderr.slice(-2000)}`)
    return (performance.now() - begin) / 1000
  }
  cargo(['build', '-p', 'regie'])
  cargo(['check', '-p', 'regie'])
  return CHANGES.filter(([, file]) => existsSync(join(root, file))).map(([what, file, args]) => {
    const seconds = [1, 2, 3].map(() => {
      const now = new Date()
      utimesSync(join(root, file), now, now)
      return cargo(args)
    })
    say(`after changing ${what}: ${seconds.map((s) => s.toFixed(1)).join(', ')} s (cargo ${args.join(' ')})`)
    return { what, command: `cargo ${args.join(' ')}`, seconds }
  })
}

/** Seconds from a clean clone with empty package caches to the first page of `make demo`. */
export async function cleanClone(say) {
  return withFolder('clone', async (dir) => {
    const begin = performance.now()
    const done = spawnSync('git', ['clone', '--quiet', root, join(dir, 'regie')], { encoding: 'utf8' })
    if (done.status !== 0) throw new Error(done.stderr)
    const port = await freePort()
    const env = {
      ...process.env,
      CARGO_HOME: join(dir, 'cargo'),
      CARGO_TARGET_DIR: join(dir, 'regie/target'),
      npm_config_cache: join(dir, 'npm'),
      PORT: String(port),
    }
    delete env.REGIE_BIN
    // A process group of its own, so that what make starts ends with it.
    const child = spawn('make', ['demo'], { cwd: join(dir, 'regie'), env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let log = ''
    let ended = false
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => (log = (log + d).slice(-5000)))
    const gone = new Promise((end) => child.on('close', () => end((ended = true))))
    let seconds = null
    while (!ended && seconds === null) {
      const page = await fetch(`http://127.0.0.1:${port}/report`).catch(() => null)
      if (page?.ok) seconds = (performance.now() - begin) / 1000
      else await wait(250)
    }
    if (!ended) process.kill(-child.pid, 'SIGINT')
    await Promise.race([gone, wait(20_000)])
    if (!ended) process.kill(-child.pid, 'SIGKILL')
    if (seconds === null) throw new Error(`make demo ended early:\n${log}`)
    say(`from a clean clone to the first page: ${seconds.toFixed(0)} s`)
    return seconds
  })
}
