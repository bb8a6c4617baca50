'use strict'
const fs = require('fs')
const os = require('os')
const path = require('path')

const expand = (s) => s.replace(/(?<!\\)\$\{([^}]+)\}/g, (o, n) => process.env[n] ?? o)

function read (file) {
  const out = {}
  if (!fs.existsSync(file)) return out
  for (const l of fs.readFileSync(file, 'utf8').split(/\r?\n/)) {
    const m = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(l)
    if (m) out[m[1]] = expand(m[2])
  }
  return out
}

exports.config = (cwd = process.cwd()) => ({
  ...read(process.env.npm_config_userconfig || path.join(os.homedir(), '.npmrc')),
  ...read(path.join(cwd, '.npmrc')),
  ...(process.env.npm_config_registry ? { registry: process.env.npm_config_registry } : {})
})

exports.authFor = (url, conf) => {
  let key = `//${url.host}${url.pathname}`
  while (key.length > 2) {
    const token = conf[`${key}:_authToken`]
    if (token) return { token }
    const user = conf[`${key}:username`]
    const pass = conf[`${key}:_password`]
    if (user && pass) return { basic: Buffer.from(`${user}:${Buffer.from(pass, 'base64').toString()}`).toString('base64') }
    key = key.replace(/([^/]+|\/)$/, '')
  }
  return {}
}
