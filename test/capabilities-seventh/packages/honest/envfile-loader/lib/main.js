const fs = require('fs');
const path = require('path');
const os = require('os');
const crypto = require('crypto');

const LINE = /(?:^|^)\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?(?:$|$)/mg;

function parse(src) {
  const obj = {};
  const lines = src.toString().replace(/\r\n?/mg, '\n');
  let match;
  while ((match = LINE.exec(lines)) != null) {
    let value = (match[2] || '').trim();
    const maybeQuote = value[0];
    value = value.replace(/^(['"`])([\s\S]*)\1$/mg, '$2');
    if (maybeQuote === '"') value = value.replace(/\\n/g, '\n').replace(/\\r/g, '\r');
    obj[match[1]] = value;
  }
  return obj;
}

function resolveHome(p) { return p[0] === '~' ? path.join(os.homedir(), p.slice(1)) : p; }

function decrypt(encrypted, keyStr) {
  const key = Buffer.from(keyStr.slice(-64), 'hex');
  let ciphertext = Buffer.from(encrypted, 'base64');
  const nonce = ciphertext.subarray(0, 12);
  const authTag = ciphertext.subarray(-16);
  ciphertext = ciphertext.subarray(12, -16);
  try {
    const aesgcm = crypto.createDecipheriv('aes-256-gcm', key, nonce);
    aesgcm.setAuthTag(authTag);
    return `${aesgcm.update(ciphertext)}${aesgcm.final()}`;
  } catch (error) {
    const err = new Error('DECRYPTION_FAILED: Please check your DOTENV_KEY');
    err.code = 'DECRYPTION_FAILED';
    throw err;
  }
}

function populate(processEnv, parsed, options = {}) {
  for (const key of Object.keys(parsed)) {
    if (Object.prototype.hasOwnProperty.call(processEnv, key) && !options.override) {
      if (options.debug) console.log(`[envfile-loader][DEBUG] "${key}" is already defined and was NOT overwritten`);
      continue;
    }
    processEnv[key] = parsed[key];
  }
}

function config(options = {}) {
  const file = options.path ? resolveHome(options.path) : path.resolve(process.cwd(), '.env');
  try {
    let parsed;
    const vault = file.endsWith('.vault') ? file : `${file}.vault`;
    if (process.env.DOTENV_KEY && fs.existsSync(vault)) {
      const uri = new URL(process.env.DOTENV_KEY);
      const env = uri.searchParams.get('environment');
      parsed = parse(decrypt(parse(fs.readFileSync(vault))[`DOTENV_VAULT_${env.toUpperCase()}`], uri.password));
    } else parsed = parse(fs.readFileSync(file, { encoding: options.encoding || 'utf8' }));
    populate(options.processEnv || process.env, parsed, options);
    return { parsed };
  } catch (e) {
    return { error: e };
  }
}

module.exports = { config, parse, populate, decrypt };
