'use strict'

const Module = require('module')
const path = require('path')

const original = Module.prototype.require
const cache = new Map()

/** Calls `onrequire` the first time that one of the modules is loaded. */
function ritm (names, onrequire) {
  const wanted = new Set(names)

  Module.prototype.require = function (id) {
    const exports = original.apply(this, arguments)
    if (!wanted.has(id)) return exports
    let filename
    try {
      filename = Module._resolveFilename(id, this)
    } catch (e) {
      return exports
    }
    if (cache.has(filename)) return cache.get(filename)
    cache.set(filename, exports)
    const changed = onrequire(exports, id, path.dirname(filename))
    cache.set(filename, changed)
    return changed
  }
}

module.exports = { ritm, unhook () { Module.prototype.require = original } }
