const fs = require('fs')
const path = require('path')
const os = require('os')
const crypto = require('crypto')

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

function _resolveHome (envPath) {
  return envPath[0] === '~' ? path.join(os.homedir(), envPath.slice(1)) : envPath
}

function _instructions (result, dotenvKey) {
  const uri = new URL(dotenvKey)
  const key = uri.password
  const environment = uri.searchParams.get('environment')
  const environmentKey = `DOTENV_VAULT_${environment.toUpperCase()}`
  return { ciphertext: result.parsed[environmentKey], key }
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

function populate (processEnv, parsed, options = {}) {
  for (const key of Object.keys(parsed)) {
    if (Object.prototype.hasOwnProperty.call(processEnv, key)) {
      if (options.override === true) processEnv[key] = parsed[key]
      if (options.debug) console.log(`"${key}" is already defined`)
    } else {
      processEnv[key] = parsed[key]
    }
  }
}

function config (options = {}) {
  const processEnv = options.processEnv || process.env
  const vault = path.resolve(process.cwd(), '.env.vault')
  if (processEnv.DOTENV_KEY && fs.existsSync(vault)) {
    const result = { parsed: parse(fs.readFileSync(vault)) }
    let decrypted
    for (const k of processEnv.DOTENV_KEY.split(',')) {
      try {
        const attrs = _instructions(result, k.trim())
        decrypted = decrypt(attrs.ciphertext, attrs.key)
        break
      } catch (error) {
        if (processEnv.DOTENV_KEY.split(',').length === 1) throw error
      }
    }
    const parsed = parse(decrypted)
    populate(processEnv, parsed, options)
    return { parsed }
  }
  const paths = [].concat(options.path || path.resolve(process.cwd(), '.env'))
  const parsedAll = {}
  let lastError
  for (const p of paths) {
    try {
      populate(parsedAll, parse(fs.readFileSync(_resolveHome(p), { encoding: options.encoding || 'utf8' })), options)
    } catch (e) {
      lastError = e
    }
  }
  populate(processEnv, parsedAll, options)
  return lastError ? { parsed: parsedAll, error: lastError } : { parsed: parsedAll }
}

module.exports = { config, parse, populate, decrypt }
