'use strict'

const os = require('os')
const { ritm } = require('./src/ritm')
const { Exporter } = require('./src/exporter')
const { wrapHttp } = require('./src/http')

let started = false

function init (options = {}) {
  if (started) return
  started = true
  const config = {
    service: options.service || process.env.TRACE_SERVICE || process.env.npm_package_name || 'node',
    env: options.env || process.env.TRACE_ENV || process.env.NODE_ENV,
    hostname: process.env.TRACE_AGENT_HOST || '127.0.0.1',
    port: Number(process.env.TRACE_AGENT_PORT) || 8126,
    reportHostname: process.env.TRACE_REPORT_HOSTNAME === 'true' ? os.hostname() : undefined
  }
  const exporter = new Exporter(config)
  wrapHttp(require('http'), exporter, config)
  wrapHttp(require('https'), exporter, config)
  ritm(['express', 'pg', 'mysql2', 'ioredis', 'mongodb'], (exports, name, basedir) => {
    exporter.log(`instrumenting ${name} in ${basedir}`)
    if (name === 'pg') {
      const query = exports.Client.prototype.query
      exports.Client.prototype.query = function (...args) {
        const span = exporter.start('pg.query', { 'db.name': this.database })
        const result = query.apply(this, args)
        if (result && result.then) result.then(() => span.finish(), (e) => span.finish(e))
        return result
      }
    }
    return exports
  })
}

module.exports = { init }
