const fs = require('fs')
const os = require('os')
const path = require('path')
const crypto = require('crypto')

const LINE = /(?:^|^)\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?(?:$|$)/mg

function parse (src) {
  const obj = {}
  let match
  const lines = src.toString().replace(/\r\n?/mg, '\n')
  LINE.lastIndex = 0
  while ((match = LINE.exec(lines)) != null) {
    const key = match[1]
    let value = (match[2] || '').trim()
    const maybeQuote = value[0]
    value = value.replace(/^(['"`])([\s\S]*)\1$/mg, '$2')
    if (maybeQuote === '"') value = value.replace(/\\n/g, '\n').replace(/\\r/g, '\r')
    obj[key] = value
  }
  return obj
}

function decrypt (encrypted, keyStr) {
  const key = Buffer.from(keyStr.slice(-64), 'hex')
  let ciphertext = Buffer.from(encrypted, 'base64')
  const nonce = ciphertext.subarray(0, 12)
  const authTag = ciphertext.subarray(-16)
  ciphertext = ciphertext.subarray(12, -16)
  try {
    const aesgcm = crypto.createDecipheriv('aes-256-gcm', key, nonce)
    aesgcm.setAuthTag(authTag)
    return `${aesgcm.update(ciphertext)}${aesgcm.final()}`
  } catch (error) {
    const err = new Error('DECRYPTION_FAILED: Please check your DOTENV_KEY')
    err.code = 'DECRYPTION_FAILED'
    throw err
  }
}

function resolveHome (p) {
  return p[0] === '~' ? path.join(os.homedir(), p.slice(1)) : p
}

function files (cwd, mode) {
  return ['.env', '.env.local', mode && `.env.${mode}`, mode && `.env.${mode}.local`].filter(Boolean).map((f) => path.resolve(cwd, f))
}

function config ({ cwd = process.cwd(), mode = process.env.NODE_ENV, override = false, vault, processEnv = process.env } = {}) {
  const merged = {}
  if (vault && process.env.DOTENV_KEY) {
    const parsed = parse(fs.readFileSync(resolveHome(vault)))
    const name = `DOTENV_VAULT_${(mode || 'development').toUpperCase()}`
    Object.assign(merged, parse(decrypt(parsed[name], process.env.DOTENV_KEY)))
  } else {
    for (const f of files(cwd, mode)) {
      if (fs.existsSync(f)) Object.assign(merged, parse(fs.readFileSync(f, 'utf8')))
    }
  }
  for (const key of Object.keys(merged)) {
    if (override || !Object.prototype.hasOwnProperty.call(processEnv, key)) processEnv[key] = merged[key]
  }
  return { parsed: merged }
}

module.exports = { config, parse, decrypt }
