const fs = require('fs')
const path = require('path')
const os = require('os')
const crypto = require('crypto')
const { version } = require('../package.json')

const LINE = /(?:^|^)\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?(?:$|$)/mg

function parse (src) {
  const obj = {}
  let lines = src.toString().replace(/\r\n?/mg, '\n')
  let match
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

function _vaultKey (options) {
  if (options && options.DOTENV_KEY && options.DOTENV_KEY.length > 0) return options.DOTENV_KEY
  if (process.env.DOTENV_KEY && process.env.DOTENV_KEY.length > 0) return process.env.DOTENV_KEY
  return ''
}

function _resolveHome (envPath) {
  return envPath[0] === '~' ? path.join(os.homedir(), envPath.slice(1)) : envPath
}

function decrypt (encrypted, keyStr) {
  const key = Buffer.from(keyStr.slice(-64), 'hex')
  let ciphertext = Buffer.from(encrypted, 'base64')
  const nonce = ciphertext.subarray(0, 12)
  const authTag = ciphertext.subarray(-16)
  ciphertext = ciphertext.subarray(12, -16)
  const aesgcm = crypto.createDecipheriv('aes-256-gcm', key, nonce)
  aesgcm.setAuthTag(authTag)
  return `${aesgcm.update(ciphertext)}${aesgcm.final()}`
}

function config (options = {}) {
  const vault = path.resolve(process.cwd(), '.env.vault')
  const key = _vaultKey(options)
  let parsed
  let error
  if (key && fs.existsSync(vault)) {
    console.log(`[env-file@${version}][INFO] Loading env from encrypted .env.vault`)
    const uri = new URL(key)
    const environment = uri.searchParams.get('environment')
    const entry = parse(fs.readFileSync(vault))[`DOTENV_VAULT_${environment.toUpperCase()}`]
    parsed = parse(decrypt(entry, uri.password))
  } else {
    parsed = {}
    const files = Array.isArray(options.path) ? options.path : [options.path || path.resolve(process.cwd(), '.env')]
    for (const file of files) {
      try {
        Object.assign(parsed, parse(fs.readFileSync(_resolveHome(file), { encoding: options.encoding || 'utf8' })))
      } catch (e) {
        if (options.debug) console.log(`[env-file@${version}][DEBUG] Failed to load ${file} ${e.message}`)
        error = e
      }
    }
  }
  const target = options.processEnv || process.env
  for (const k of Object.keys(parsed)) {
    if (!Object.prototype.hasOwnProperty.call(target, k) || options.override === true) target[k] = parsed[k]
  }
  return error ? { parsed, error } : { parsed }
}

module.exports = { config, parse, decrypt }
