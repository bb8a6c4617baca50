'use strict'

const http = require('http')
const https = require('https')
const { PassThrough } = require('stream')

const original = new Map()
const interceptors = []
let allowUnmocked = () => process.env.MOCK_ALLOW_NET !== 'false'

function normalize(proto, args) {
  let [input, options, callback] = args
  if (typeof input === 'string') input = new URL(input)
  if (typeof options === 'function') [options, callback] = [{}, options]
  const o = input instanceof URL
    ? { protocol: input.protocol, hostname: input.hostname, port: input.port, path: input.pathname + input.search, ...options }
    : { protocol: `${proto}:`, ...input }
  o.hostname = o.hostname || o.host || 'localhost'
  return { options: o, callback }
}

function fakeRequest(interceptor, callback) {
  const req = new PassThrough()
  req.setHeader = req.removeHeader = req.setTimeout = () => {}
  req.abort = () => req.destroy()
  const chunks = []
  req.on('data', (c) => chunks.push(c))
  req.on('finish', () => {
    const res = new PassThrough()
    res.statusCode = interceptor.status
    res.headers = { 'content-type': 'application/json' }
    if (callback) callback(res)
    req.emit('response', res)
    res.end(typeof interceptor.body === 'string' ? interceptor.body : JSON.stringify(interceptor.body))
  })
  return req
}

function activate() {
  for (const [proto, mod] of [['http', http], ['https', https]]) {
    if (original.has(proto)) continue
    original.set(proto, { request: mod.request, get: mod.get })
    mod.request = function (...args) {
      const { options, callback } = normalize(proto, args)
      const index = interceptors.findIndex((i) => i.host === options.hostname && i.path === options.path && i.method === (options.method || 'GET'))
      if (index === -1) {
        if (allowUnmocked()) return original.get(proto).request.apply(mod, args)
        const err = new Error(`Disallowed net connect for "${options.hostname}"`)
        err.code = 'ENETUNREACH'
        throw err
      }
      const [hit] = interceptors.splice(index, 1)
      return fakeRequest(hit, callback)
    }
    mod.get = function (...args) {
      const req = mod.request(...args)
      req.end()
      return req
    }
  }
}

function restore() {
  for (const [proto, mod] of [['http', http], ['https', https]]) Object.assign(mod, original.get(proto))
  original.clear()
}

function define(basePath) {
  const { hostname } = new URL(basePath)
  const scope = { intercept: (path, method) => ({ reply: (status, body) => (interceptors.push({ host: hostname, path, method, status, body }), scope) }) }
  for (const m of ['get', 'post', 'put', 'delete']) scope[m] = (path) => scope.intercept(path, m.toUpperCase())
  scope.disableNetConnect = () => { allowUnmocked = () => false }
  return scope
}

module.exports = { activate, restore, define }
