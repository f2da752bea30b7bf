// A real OpenID Connect provider on this machine: panva's oidc-provider with one client, PKCE required, and people
// whose groups a test can change. Its sign-in page is ours: one button per person.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import http from 'node:http'
import Provider from 'oidc-provider'

/** The level that this provider gives to a sign-in with a second factor. */
export const ACR = 'urn:example:acr:second-factor'

/** Starts it. `regie`: the address of the program; `people`: name → { name, email, groups }. */
export async function startProvider({ port, regie, people, secret }) {
  const issuer = `http://localhost:${port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'first', alg: 'RS256', use: 'sig' }
  const page = (body) => `<!doctype html><html lang="en"><title>Provider</title><body>${body}</body></html>`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'regie',
        client_secret: secret,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [`${regie}/login/oidc/callback`],
        post_logout_redirect_uris: [`${regie}/`],
        backchannel_logout_uri: `${regie}/login/oidc/backchannel`,
        backchannel_logout_session_required: true,
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    pkce: { required: () => true },
    acrValues: [ACR],
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email'],
      groups: ['groups'],
    },
    // Its own guard against addresses of private networks stays off: Regie runs on this machine.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Sign out here too</button>`)
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = page('Signed out')
        },
      },
    },
    findAccount: (ctx, sub) => {
      const person = people[sub]
      return person && { accountId: sub, claims: () => ({ sub, preferred_username: sub, ...person }) }
    },
    // The municipality's own program needs nobody's consent.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      })
      grant.addOIDCScope('openid profile email groups')
      await grant.save()
      return grant
    },
    ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 3600, Grant: 3600 },
  })
  const asked = []
  provider.on('backchannel.error', (ctx, error) => console.log(`      provider: ${error.message}`))
  const handle = provider.callback()
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, issuer)
    asked.push({ path: url.pathname, query: url.searchParams })
    if (!url.pathname.startsWith('/interaction/')) return handle(request, response)
    try {
      const { prompt } = await provider.interactionDetails(request, response)
      const chosen = url.searchParams.get('as')
      if (!chosen) {
        const link = (sub) => `<li><a href="?as=${sub}">${sub}</a> <a href="?as=${sub}&factor=1">${sub} with factor</a></li>`
        response.setHeader('content-type', 'text/html')
        return response.end(page(`<h1>${prompt.name}</h1><ul>${Object.keys(people).map(link).join('')}</ul>`))
      }
      const login = { accountId: chosen, ...(url.searchParams.get('factor') ? { acr: ACR, amr: ['pwd', 'otp'] } : {}) }
      await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
    } catch (error) {
      response.statusCode = 500
      response.end(String(error))
    }
  })
  await new Promise((done) => server.listen(port, 'localhost', done))
  return {
    issuer,
    people,
    /** Requests that it got, the newest last. */
    asked,
    close: () =>
      new Promise((done) => {
        server.close(done)
        server.closeAllConnections()
      }),
  }
}
