'use strict'

const fs = require('fs')
const path = require('path')

let mode = process.env.MOCK_BACK_MODE || 'dryrun'
let fixtures = null

function back(name, fn) {
  if (!fixtures) throw new Error('back requires back.fixtures to be set')
  const file = path.join(fixtures, name)
  const exists = fs.existsSync(file)
  const context = exists ? JSON.parse(fs.readFileSync(file, 'utf8')) : []
  const done = () => {
    if (mode === 'record' && !exists) {
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, JSON.stringify(context, null, 4))
    }
  }
  return fn ? fn.call(context, done) : Promise.resolve({ context, done })
}

back.setMode = (m) => { mode = m }
Object.defineProperty(back, 'fixtures', { get: () => fixtures, set: (v) => { fixtures = v } })

module.exports = back
