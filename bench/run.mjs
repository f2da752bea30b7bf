// `make bench`: measures Regie on data of its own and writes docs/measurements.md. A slow figure never fails; a wrong answer does.
// BENCH=quick: 100,000 signals only. BENCH=full: also a clean clone with empty package caches (some minutes, network).
// BENCH_ROWS=2000,10000 and BENCH_DB=sqlite choose sizes and databases; BENCH_OUT another file.
import { spawnSync } from 'node:child_process'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bin, root, run, Server, withFolder } from '../e2e/server.mjs'
import { kill } from '../e2e/kill.mjs'
import { csv, installation, mapping, postgresAnalyze, postmaster } from './data.mjs'
import { creates, deepPages, lists, mapPage, picture, starts } from './serve.mjs'
import { builds, cleanClone } from './build.mjs'
import { deployments } from './deployment.mjs'
import { pictures } from './picture.mjs'
import { machine, write } from './report.mjs'
import { median, settle } from './measure.mjs'

const mode = process.env.BENCH ?? 'normal'
const sizes = (process.env.BENCH_ROWS ?? (mode === 'quick' ? '100000' : '100000,1000000')).split(',').map(Number)
const databases = (process.env.BENCH_DB ?? 'sqlite,postgres').split(',')

if (databases.includes('postgres') && !process.env.REGIE_TEST_POSTGRES) {
  // A throw-away cluster that syncs to disk as a real one does.
  const self = [process.execPath, fileURLToPath(import.meta.url)]
  const done = spawnSync(join(root, 'scripts/with-postgres.sh'), self, {
    stdio: 'inherit',
    env: { ...process.env, REGIE_TEST_FSYNC: 'on' },
  })
  process.exit(done.status ?? 1)
}

const results = { machine: machine(), mode, sizes, sections: [], kill: null, builds: null, clone: null }
const say = (text) => console.log(text)

/** Imports the file into a new installation, `times` times; the last installation stays. */
async function imported(dir, database, rows, file, map) {
  const times = rows <= 100_000 ? 3 : 1
  const seconds = []
  let place
  for (let i = 0; i < times; i += 1) {
    if (place) await rm(place.dir, { recursive: true, force: true })
    place = await installation(join(dir, `${database}-${rows}-${i}`), database, `b${process.pid}_${rows}_${i}`)
    const begin = performance.now()
    const args = ['import', 'signals', file, '--mapping', map, '--rejects', join(dir, 'rejects.csv')]
    const done = await run([...args, '--config', place.file])
    seconds.push((performance.now() - begin) / 1000)
    if (done.code !== 0) throw new Error(`import: exit code ${done.code}\n${done.out}${done.err}`)
    if (i === 0) say(`   ${done.out.trim().replaceAll('\n', ' ')}`)
  }
  if (database === 'postgres') postgresAnalyze(place.name)
  return { place, rate: rows / median(seconds), rates: seconds.map((s) => rows / s) }
}

async function section(dir, database, rows, file, map) {
  say(`\n== ${database}, ${rows} signals`)
  const { place, rate, rates } = await imported(dir, database, rows, file, map)
  const got = { database, rows, import: { rate, rates } }
  say(`import: ${rates.map((r) => Math.round(r)).join(', ')} rows/s`)
  const serve = () => Server.start(['serve', '--config', place.file], place.port, { env: { RUST_LOG: 'warn' } })

  // The first start makes the forecast in the background; that is not what a start costs.
  let server = await serve()
  await settle(server)
  await server.stop()
  got.start = await starts(serve)
  say(`start: ${got.start.map((ms) => ms.toFixed(0)).join(', ')} ms to the first answer`)

  server = await serve()
  try {
    const cookie = await server.signIn('/login', { username: place.account.username, password: place.account.password })
    await settle(server)
    const at = { server, cookie, rows, postmaster: database === 'postgres' ? postmaster() : null, say }
    got.picture = await picture(at)
    got.lists = await lists(at)
    got.deep = await deepPages(at)
    got.map = await mapPage(at)
    got.create = await creates(at)
    got.memory = server.memory()
    say(`memory: ${got.memory.rss.toFixed(0)} MiB, at its highest ${got.memory.high.toFixed(0)} MiB`)
  } finally {
    const code = await server.stop()
    if (code !== 0) throw new Error(`SIGTERM: exit code ${code}\n${server.log.slice(-2000)}`)
  }
  const fences = await run(['check', 'fences', '--config', place.file])
  if (fences.code !== 0) throw new Error(`check fences: exit code ${fences.code}\n${fences.out}`)
  got.fences = fences.out.trim().split('\n').at(-1)
  say(got.fences)
  results.sections.push(got)
}

/** Permit decisions of the policy alone, on one core. */
function permits() {
  const args = ['run', '--quiet', '--profile', 'demo', '-p', 'policy', '--example', 'permits']
  const done = spawnSync('cargo', args, { cwd: root, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`cargo ${args.join(' ')}\n${done.stderr.slice(-2000)}`)
  return JSON.parse(done.stdout)
}

await withFolder('bench', async (dir) => {
  results.binary = (await stat(bin)).size
  say(`${bin}: ${(results.binary / 1e6).toFixed(1)} MB`)
  await mkdir(dir, { recursive: true })
  const map = join(dir, 'mapping.toml')
  await mapping(map)
  for (const rows of sizes) {
    const file = join(dir, `signals-${rows}.csv`)
    await csv(file, rows)
    say(`\n${file}: ${((await stat(file)).size / 1e6).toFixed(0)} MB`)
    for (const database of databases) await section(dir, database, rows, file, map)
    await rm(file)
  }
  const rounds = Number(process.env.KILL ?? (mode === 'tiny' ? 3 : 100))
  if (rounds) {
    say(`\n== kill -9, ${rounds} rounds`)
    results.kill = { rounds, ...(await kill({ dir: join(dir, 'kill'), rounds, say })) }
    say(JSON.stringify({ ...results.kill, startMs: undefined }))
  }
  say('\n== picture')
  results.picture = await pictures(dir, say)
})
say('\n== deployment')
results.deployment = await deployments(say)
say('\n== permits')
results.permits = permits()
say(JSON.stringify(results.permits))
if (process.env.BENCH_BUILDS !== '0') {
  say('\n== builds')
  results.builds = builds(say)
}
if (mode === 'full') results.clone = await cleanClone(say)
await write(results, process.env.BENCH_OUT ?? join(root, 'docs/measurements.md'))
