// Kill test: SIGKILL in the middle of a load of creates, again and again on the same folder. After each start every
// acknowledged report is there, once; a repeated request makes no second one; at the end the audit chain is whole.
// By itself: node e2e/kill.mjs [ROUNDS] [FOLDER OF A DEMO]
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { Server, run, seeded, uuid7, wait, withFolder } from './server.mjs'

/** A report of a resident as the API takes it. */
export const report = (id, words, rng = Math.random) => ({
  id,
  category: ['litter', 'dumping', 'parking', 'graffiti'][Math.floor(rng() * 4)],
  words,
  lon: Number((4.655 + rng() * 0.02).toFixed(6)),
  lat: Number((52.505 + rng() * 0.008).toFixed(6)),
})

/** Path and query of the next page's address. */
export const pathOf = (next, server) => {
  if (!next) return null
  const url = new URL(next, server.base)
  return url.pathname + url.search
}

const answered = (answer) => (answer && answer.status >= 200 && answer.status < 300 ? JSON.parse(answer.body) : null)

/** Creates in `lanes` lanes until the server is gone; fills `acknowledged` (id → reference) and `unsure` (ids). */
async function load(server, { round, lanes, acknowledged, unsure, refused }) {
  let gone = false
  let n = 0
  const lane = async () => {
    while (!gone) {
      const body = report(uuid7(), `kill test round ${round}, report ${n++}`)
      const answer = await server.postJson('/api/v1/signals', body).catch(() => null)
      const made = answered(answer)
      if (made) acknowledged.set(body.id, { reference: made.reference, body })
      else if (answer) refused.push(`${answer.status}: ${answer.body.toString().slice(0, 200)}`)
      else {
        gone = true
        unsure.push(body)
      }
    }
  }
  const lanesDone = Promise.all(Array.from({ length: lanes }, lane))
  return { lanesDone, stop: () => (gone = true) }
}

/** How often each report of this test stands in the list of the API. */
async function listed(server, cookie) {
  const times = new Map()
  let next = '/api/v1/signals?state=all&q=kill%20test%20round'
  for (let idle = 0; next && idle < 3; ) {
    const answer = await server.call('GET', next, { cookie })
    if (answer.status !== 200) throw new Error(`GET ${next}: ${answer.status} ${answer.body.toString().slice(0, 300)}`)
    const list = JSON.parse(answer.body)
    for (const row of list.signals) times.set(row.id, (times.get(row.id) ?? 0) + 1)
    idle = list.signals.length ? 0 : idle + 1
    next = pathOf(list.next, server)
  }
  return times
}

/** `rounds` times: start, load, SIGKILL, start, replay, count. Throws with what was lost or doubled. */
export async function kill({ dir, rounds, lanes = 4, seed = 7, say = () => {} }) {
  const rng = seeded(seed)
  const acknowledged = new Map()
  const faults = []
  const count = { acknowledged: 0, unsure: 0, there: 0, startMs: [] }
  let server = await Server.demo(dir)
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const [before, unsure, refused] = [acknowledged.size, [], []]
      const going = await load(server, { round, lanes, acknowledged, unsure, refused })
      await wait(40 + rng() * 260)
      await server.kill()
      going.stop()
      await going.lanesDone
      if (refused.length) faults.push(`round ${round}: a create was refused: ${refused[0]}`)
      server = await Server.demo(dir)
      count.startMs.push(server.startMs)
      count.acknowledged += acknowledged.size - before
      count.unsure += unsure.length
      // Each report of this round is sent again: an acknowledged one gives its old reference.
      for (const [id, { reference, body }] of [...acknowledged].slice(before)) {
        const again = answered(await server.postJson('/api/v1/signals', body))
        if (again?.reference !== reference) faults.push(`round ${round}: ${id} was ${reference}, now ${again?.reference}`)
      }
      for (const body of unsure) {
        const first = answered(await server.postJson('/api/v1/signals', body))
        const second = answered(await server.postJson('/api/v1/signals', body))
        if (!first || first.reference !== second?.reference) faults.push(`round ${round}: ${body.id} cannot be repeated`)
        else acknowledged.set(body.id, { reference: first.reference, body })
      }
      if (round % 10 === 0) say(`round ${round}: ${count.acknowledged} acknowledged, ${count.unsure} unsure`)
      if (faults.length > 20) break
    }
    const cookie = await server.persona('coordinator')
    const times = await listed(server, cookie)
    for (const id of acknowledged.keys()) {
      if (times.get(id) !== 1) faults.push(`${id} stands ${times.get(id) ?? 0} times in the list`)
    }
    for (const id of times.keys()) if (!acknowledged.has(id)) faults.push(`${id} was never sent, yet stands in the list`)
    count.there = times.size
  } finally {
    const code = await server.stop()
    if (code !== 0) faults.push(`SIGTERM after the last round: exit code ${code}`)
  }
  const audit = await run(['check', 'audit', '--dir', dir])
  if (audit.code !== 0) faults.push(`check audit: exit code ${audit.code}: ${audit.out}${audit.err}`.slice(0, 500))
  if (!count.acknowledged) faults.push('nothing was acknowledged: this test tested nothing')
  if (faults.length) throw new Error(`${faults.length} faults\n${faults.slice(0, 12).join('\n')}`)
  return { ...count, audit: audit.out.trim() }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [rounds, folder] = [Number(argv[2] ?? 100), argv[3]]
  const work = async (dir) => console.log(await kill({ dir, rounds, say: console.log }))
  await (folder ? work(folder) : withFolder('kill', work))
}
