// Opening with a finger or a face: the phone's own authenticator keeps a secret (WebAuthn, extension prf) of which a second
// key around the data key is made. It needs no line. The PIN stays, and switches it on.

import * as vault from "./vault.mjs";

const random = () => crypto.getRandomValues(new Uint8Array(32));

/** Whether this phone can: an authenticator knows a site by its name, never by its number. */
export async function possible() {
  const named = !/^[\d.]+$|:/.test(location.hostname);
  return named && "PublicKeyCredential" in window && PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
}

/** @param {Credential | null} credential */
const told = (credential) => /** @type {PublicKeyCredential} */ (credential).getClientExtensionResults().prf;

/** The secret that the authenticator gives for this salt, after it saw its owner. @param {{ id: BufferSource, salt: BufferSource }} print */
async function secret({ id, salt }) {
  const publicKey = {
    challenge: random(),
    allowCredentials: [{ type: /** @type {const} */ ("public-key"), id, transports: [/** @type {const} */ ("internal")] }],
    userVerification: /** @type {const} */ ("required"),
    extensions: { prf: { eval: { first: salt } } },
  };
  const bits = told(await navigator.credentials.get({ publicKey }))?.results?.first;
  if (!bits) throw new Error("the authenticator gives no secret");
  return bits;
}

/** Makes the second key, for who knows the PIN. @param {string} code @param {string} name of the officer, for the phone's own list */
export async function add(code, name) {
  const salt = random();
  const publicKey = {
    challenge: random(),
    rp: { name: document.title },
    user: { id: random(), name, displayName: name },
    pubKeyCredParams: [-7, -257].map((alg) => ({ type: /** @type {const} */ ("public-key"), alg })),
    authenticatorSelection: { authenticatorAttachment: /** @type {const} */ ("platform"), userVerification: /** @type {const} */ ("required") },
    extensions: { prf: { eval: { first: salt } } },
  };
  const made = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({ publicKey }));
  const print = { id: made.rawId, salt };
  await vault.addPrint(code, print, told(made)?.results?.first ?? (await secret(print)));
}

/** Opens the app. @returns {Promise<boolean>} */
export async function unlock() {
  const print = (await vault.lock())?.print;
  if (!print) return false;
  return secret(print).then(vault.unlockByPrint, () => false);
}
