// The browser test: starts the demo in a folder of its own, walks the line as its people, stops it, kills it a few times.
// REGIE_BIN names the program, CHROMIUM the browser, KILL the rounds of the kill test, ONLY some parts (line,picture,form,sources,fences,identity,street,field,kill).
import { rm } from 'node:fs/promises'
import { Server, bin, withFolder } from './server.mjs'
import { Stage, Tally, expect, out } from './lib.mjs'
import { line } from './line.mjs'
import { picture } from './picture.mjs'
import { form } from './form.mjs'
import { sources } from './sources.mjs'
import { fences } from './fences.mjs'
import { identity } from './identity.mjs'
import { kill } from './kill.mjs'
import { field } from './field.mjs'
import { street } from './street.mjs'

const only = (process.env.ONLY ?? 'line,picture,form,sources,fences,identity,street,field,kill').split(',')
const tally = new Tally()
await rm(out, { recursive: true, force: true })

await withFolder('e2e', async (dir) => {
  const server = await tally.check(`start of ${bin}, filled`, () => Server.demo(dir))
  if (!server) return
  try {
    const stage = await Stage.open(server.base, tally)
    try {
      if (only.includes('line')) await line(stage, server)
      if (only.includes('picture')) await picture(stage)
      if (only.includes('form')) await form(stage, server)
      if (only.includes('sources')) await sources(stage, server, dir)
      if (only.includes('fences')) await fences(stage)
      if (only.includes('identity')) await identity(stage)
      if (only.includes('street')) await street(stage)
      if (only.includes('field')) await field(stage, server)
    } finally {
      await stage.close()
    }
    await tally.check('SIGTERM ends it cleanly', async () => {
      expect.equal(await server.stop(), 0, 'exit code')
    })
  } finally {
    await server.kill()
    if (tally.failed && server.log.trim()) console.log(`\nlast lines of the program:\n${server.log.slice(-3000)}`)
  }
  if (only.includes('kill')) {
    await tally.part('kill -9 in the middle of creates', async (step) => {
      const rounds = Number(process.env.KILL ?? 5)
      await step(`${rounds} rounds: nothing acknowledged is lost, nothing doubled, the chain is whole`, () =>
        kill({ dir, rounds }),
      )
    })
  }
})

console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
process.exit(tally.failed ? 1 : 0)
