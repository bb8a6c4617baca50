'use strict'

const BLOCKED = /^(authorization|cookie|x-api-key)$/i

function wrapHttp (http, exporter, config) {
  const request = http.request
  http.request = function (...args) {
    const options = typeof args[0] === 'object' ? args[0] : new URL(args[0])
    if (options.port === config.port && options.hostname === config.hostname) return request.apply(this, args)
    const span = exporter.start('http.request', { 'http.host': options.hostname || options.host })
    const req = request.apply(this, args)
    req.setHeader('x-trace-id', span.traceId)
    req.setHeader('x-parent-id', span.id)
    req.on('response', (res) => {
      span.setTag('http.status_code', res.statusCode)
      for (const [key, value] of Object.entries(res.headers)) {
        if (!BLOCKED.test(key)) span.setTag(`http.response.headers.${key}`, value)
      }
      span.finish()
    })
    req.on('error', (error) => span.finish(error))
    return req
  }
  const emit = http.Server.prototype.emit
  http.Server.prototype.emit = function (name, req, res) {
    if (name !== 'request') return emit.apply(this, arguments)
    const span = exporter.start('web.request', { 'http.method': req.method, 'http.url': req.url })
    res.once('finish', () => span.finish())
    return emit.apply(this, arguments)
  }
}

module.exports = { wrapHttp }
