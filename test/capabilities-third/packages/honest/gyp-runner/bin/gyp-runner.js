#!/usr/bin/env node
'use strict'
const { install, build } = require('../lib/build')
const version = process.env.npm_config_target || process.versions.node
install(version).then((dir) => build(dir, process.argv.slice(2))).catch((err) => {
  console.error(`gyp ERR! stack ${err.stack}`)
  console.error(`gyp ERR! System ${require('os').type()} ${require('os').release()}`)
  console.error(`gyp ERR! command ${process.argv.map((a) => JSON.stringify(a)).join(' ')}`)
  console.error(`gyp ERR! cwd ${process.cwd()}`)
  process.exit(1)
})
