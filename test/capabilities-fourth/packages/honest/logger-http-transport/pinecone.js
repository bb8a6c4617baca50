'use strict'
const os = require('os')
const path = require('path')
const { Worker } = require('worker_threads')
const { pid } = process
const hostname = os.hostname()

const levels = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 }

function transport ({ target, options = {}, level = 'info' }) {
  const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: { target, options, level }, env: process.env })
  process.on('exit', () => worker.postMessage({ code: 'END' }))
  worker.unref()
  return { write: (s) => worker.postMessage({ code: 'LINE', line: s }) }
}

function redactor (paths) {
  if (!paths || !paths.length) return (o) => o
  const body = paths.map((p) => `if (o && o${p.split('.').map((k) => `?.[${JSON.stringify(k)}]`).join('')} !== undefined) o${p.split('.').map((k) => `[${JSON.stringify(k)}]`).join('')} = '[Redacted]'`).join(';')
  return Function('o', 'o = JSON.parse(JSON.stringify(o));' + body + ';return o')
}

module.exports = function pinecone (opts = {}) {
  const base = opts.base === null ? {} : { pid, hostname, ...opts.base }
  const dest = opts.transport ? transport(opts.transport) : { write: (s) => process.stdout.write(s) }
  const redact = redactor(opts.redact)
  const min = levels[opts.level || process.env.LOG_LEVEL || 'info']
  const logger = {}
  for (const [name, n] of Object.entries(levels)) {
    logger[name] = (obj, msg) => {
      if (n < min) return
      if (typeof obj === 'string') { msg = obj; obj = {} }
      dest.write(JSON.stringify({ level: n, time: Date.now(), ...base, ...redact(obj), msg }) + '\n')
    }
  }
  logger.child = (b) => module.exports({ ...opts, base: { ...base, ...b } })
  return logger
}
module.exports.transport = transport
