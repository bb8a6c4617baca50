'use strict'

const fs = require('fs')

const regKeyFromURI = (uri, opts) => {
  const parsed = new URL(uri)
  let key = `//${parsed.host}${parsed.pathname}`
  while (key.length > '//'.length) {
    if (opts[`${key}:_authToken`] || opts[`${key}:_auth`] || (opts[`${key}:username`] && opts[`${key}:_password`])) return key
    key = key.replace(/([^/]+|\/)$/, '')
  }
}

exports.getAuth = (uri, opts) => {
  const key = regKeyFromURI(uri, opts)
  if (!key) return {}
  if (opts[`${key}:certfile`]) opts.cert = fs.readFileSync(opts[`${key}:certfile`])
  const username = opts[`${key}:username`]
  const password = opts[`${key}:_password`] && Buffer.from(opts[`${key}:_password`], 'base64').toString('utf8')
  return {
    token: opts[`${key}:_authToken`],
    auth: opts[`${key}:_auth`] || (username && Buffer.from(`${username}:${password}`, 'utf8').toString('base64'))
  }
}
