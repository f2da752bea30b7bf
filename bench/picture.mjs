// The picture, measured: the rolling benchmark run, the nightly refit of small and large towns, early warning.
// The first and the last use the public data sets: BENCH_EVENTS and BENCH_SERIES name them, or they lie beside the
// repository. Where they are not, that is said aloud, and made-up ones of the same size take their place.
import { spawnSync } from 'node:child_process'
import { createWriteStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { root, run, seeded } from '../e2e/server.mjs'
import { median } from './measure.mjs'

const data = join(root, '..', 'shared', 'data')
const EVENTS = process.env.BENCH_EVENTS ?? join(data, 'events', 'stlouis_police_2015-2018.csv.gz')
const SERIES = process.env.BENCH_SERIES ?? join(data, 'aberration', 'aberration_noufaily28_dev.csv.gz')

async function regie(args) {
  const done = await run(args)
  if (done.code !== 0) throw new Error(`regie ${args.join(' ')}: exit code ${done.code}\n${done.out}${done.err}`)
  return done.out
}

/** The file that is there, or one that is made now, with a word about it. */
async function present(file, instead, make, say) {
  if (existsSync(file)) return { file, invented: false }
  say(`${file} is not here: measured on made-up data of the same size`)
  const to = createWriteStream(instead)
  for (const part of make()) if (!to.write(part)) await once(to, 'drain')
  to.end()
  await once(to, 'close')
  return { file: instead, invented: true }
}

/** As many events over as many weeks and cells as the public file has: some cells are busy, most are not. */
function* events(rows = 183_757, weeks = 208, side = 61) {
  const rng = seeded(5)
  yield 'id,timestamp,lon,lat,category\n'
  const from = Date.UTC(2015, 0, 5)
  for (let i = 0; i < rows; i += 1) {
    const time = new Date(from + Math.floor(((i + rng()) * weeks * 7 * 86_400_000) / rows)).toISOString().slice(0, 19)
    const [x, y] = [Math.floor(rng() ** 1.7 * side), Math.floor(rng() ** 1.3 * side)]
    yield `${i},${time},${(4.6 + (x + rng()) * 0.00296).toFixed(4)},${(52.4 + (y + rng()) * 0.0018).toFixed(4)},k${i % 7}\n`
  }
}

/** A hundred repetitions of 28 kinds of weekly series: low and high counts, with and without trend and season. */
function* series(reps = 100) {
  const rng = seeded(6)
  const poisson = (mean) => {
    const least = Math.exp(-mean)
    let n = 0
    for (let p = rng(); p > least; p *= rng()) n += 1
    return n
  }
  yield 'scenario,rep,k,current,counts\n'
  for (let kind = 0; kind < 28; kind += 1) {
    const mean = (t) => {
      const season = kind & 1 ? 0.4 * Math.cos((2 * Math.PI * t) / 52) : 0
      return Math.exp([0.1, -2, 1.5, 0.5, 2.5, 3.75, 5][kind >> 2] + (kind & 2 ? 0.001 * t : 0) + season)
    }
    for (let rep = 1; rep <= reps; rep += 1) {
      yield `${kind + 1},${rep},1,,${Array.from({ length: 624 }, (_, t) => poisson(mean(t))).join(' ')}\n`
    }
  }
}

/** The rolling run of the public protocol, our model only: seconds of the whole command, three times. */
async function rolling(dir, say) {
  const { file, invented } = await present(EVENTS, join(dir, 'events.csv'), events, say)
  const [json, forecasts] = [join(dir, 'backtest.json'), join(dir, 'forecasts.csv.gz')]
  const args = ['picture', 'backtest', file, '--test-start', '2018-01-01', '--test-weeks', '52', '--baselines', 'none']
  const seconds = []
  let written = null
  for (let i = 0; i < 3; i += 1) {
    const begin = performance.now()
    await regie([...args, '--json', json, '--forecasts', forecasts])
    seconds.push((performance.now() - begin) / 1000)
    const now = await readFile(forecasts)
    if (written && !written.equals(now)) throw new Error('the same run wrote other forecasts')
    written = now
  }
  const told = JSON.parse(await readFile(json, 'utf8'))
  const parts = { reading: told.seconds.reading, model_seconds: told.lines[0].seconds }
  say(`rolling run: ${seconds.map((s) => s.toFixed(2)).join(', ')} s; reading ${parts.reading.toFixed(2)}, model ${parts.model_seconds.toFixed(2)}`)
  return { invented, seconds: median(seconds), ...parts, rows: told.rows.read, cells: told.cells, weeks: told.test_weeks, model: told.model }
}

/** The nightly refit and forecast of all groups, five years of made-up events, each size in a process of its own. */
function daily(say) {
  return [500, 100_000, 1_000_000, 5_000_000].map((events) => {
    const args = ['run', '--quiet', '--profile', 'demo', '-p', 'picture', '--example', 'daily', `${events}`]
    const done = spawnSync('cargo', args, { cwd: root, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`cargo ${args.join(' ')}\n${done.stderr.slice(-2000)}`)
    const told = JSON.parse(done.stdout)
    say(`refit and forecast of ${events} events: ${told.seconds.toFixed(2)} s, ${told.peak_mib ?? '?'} MiB`)
    return told
  })
}

/** Early warning: milliseconds per series-week. */
async function aberration(dir, say) {
  const { file, invented } = await present(SERIES, join(dir, 'series.csv'), series, say)
  const out = await regie(['picture', 'aberration', file, '--scores', join(dir, 'scores.csv.gz')])
  const [, count, ms] = out.match(/^(\d+) series, .* ([\d.]+) ms per series-week/m) ?? []
  if (!ms) throw new Error(`regie picture aberration said:\n${out}`)
  say(out.trim())
  return { invented, series: Number(count), ms: Number(ms) }
}

export async function pictures(dir, say) {
  return { rolling: await rolling(dir, say), daily: daily(say), aberration: await aberration(dir, say) }
}
