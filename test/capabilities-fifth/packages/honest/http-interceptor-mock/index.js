'use strict'

const back = require('./lib/back')
const { activate, restore, define } = require('./lib/intercept')

module.exports = Object.assign((basePath) => define(basePath), { activate, restore, back, recorder: back })

// We always activate on import, overriding the globals.
activate()
