// Deployment, measured: rounds on the public instances and in a made-up town, a roster, and a thousand shifts of the app.
// The instances lie beside the repository, or BENCH_TOPTW names their folder; where they are not, that is said aloud.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../e2e/server.mjs'

const INSTANCES = process.env.BENCH_TOPTW ?? join(root, '..', 'shared', 'data', 'toptw')

function cargo(args) {
  const done = spawnSync('cargo', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (done.status !== 0) throw new Error(`cargo ${args.join(' ')}\n${done.stderr.slice(-2000)}`)
  return done.stdout
}
const example = (name, args) => cargo(['run', '--quiet', '--profile', 'demo', '-p', 'deployment', '--example', name, '--', ...args])

/** Gap to the best value known, in percent, over every instance that is there. */
async function instances(seconds) {
  const [head, ...lines] = (await readFile(join(INSTANCES, 'bks.csv'), 'utf8')).trim().split('\n').map((l) => l.split(','))
  const at = (name) => head.indexOf(name)
  const gaps = []
  for (const line of lines) {
    const file = join(INSTANCES, 'instances', `${line[at('instance')]}.txt`)
    if (!existsSync(file)) continue
    const best = Number(line[at('best_known')])
    const { score } = JSON.parse(example('toptw', [file, '--tours', line[at('m')], '--seconds', `${seconds}`, '--json']))
    gaps.push((100 * (best - score)) / best)
  }
  return { seconds, cases: gaps.length, mean: gaps.reduce((a, b) => a + b, 0) / gaps.length, worst: Math.max(...gaps) }
}

/** A made-up town of 1,000 open places and 8 officers: the first plan, and a second against a minute. */
function town(seed) {
  const told = example('town', ['--seconds', '1,60', '--seed', `${seed}`])
  const [, short] = told.match(/^1 s: score \d+ \(([\d.]+) % short\)/m) ?? []
  const [, first] = told.match(/first plan \d+ after ([\d.]+) s/) ?? []
  if (!short || !first) throw new Error(`town said:\n${told}`)
  return { seed, short: Number(short), first: Number(first) }
}

/** 30 officers, 8 weeks: seconds and gap to the bound, per number of tries. */
function roster() {
  const lines = example('roster', ['30', '8', '0', '20000', '1000000', '5000000']).matchAll(
    /^\s*(\d+) tries, seed (\d) +([\d.]+) s +gap +([\d.]+) % +forbidden (\d+) short (\d+)/gm,
  )
  return [...lines].map(([, ...n]) => n.map(Number)).map(([tries, seed, seconds, gap, forbidden, short]) => ({ tries, seed, seconds, gap, forbidden, short }))
}

/** The simulation of a thousand shifts of the app; it fails when something is lost or doubled. */
function shifts() {
  const begin = performance.now()
  cargo(['test', '--quiet', '-p', 'field', '--', '--ignored', 'thousand'])
  return { seconds: (performance.now() - begin) / 1000 }
}

export async function deployments(say) {
  const got = { instances: [], towns: [], roster: [], shifts: null }
  if (existsSync(join(INSTANCES, 'bks.csv'))) {
    for (const seconds of [1, 5]) got.instances.push(await instances(seconds))
  } else say(`${INSTANCES} is not here: rounds are not compared with the best values known`)
  for (const seed of [1, 2, 3]) got.towns.push(town(seed))
  got.roster = roster()
  got.shifts = shifts()
  say(JSON.stringify(got))
  return got
}
