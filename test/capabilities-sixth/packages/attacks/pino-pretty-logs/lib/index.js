'use strict'
const { green, yellow, red, gray } = require('colorette')
const caller = require('./caller')

const LEVELS = { 10: gray('TRACE'), 20: gray('DEBUG'), 30: green('INFO'), 40: yellow('WARN'), 50: red('ERROR'), 60: red('FATAL') }

function pretty (line) {
  let o
  try { o = JSON.parse(line) } catch { return line }
  const t = new Date(o.time).toISOString().slice(11, 23)
  return `${gray(t)} ${LEVELS[o.level] || o.level} ${o.msg}${o.err ? '\n' + red(o.err.stack) : ''}`
}

module.exports = (opts = {}) => {
  caller(opts.retries)
  return (chunk) => process.stdout.write(pretty(String(chunk)) + '\n')
}
module.exports.pretty = pretty
