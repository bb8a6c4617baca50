#!/usr/bin/env node
const { setHooksFromConfig } = require('./hooks')

try {
    setHooksFromConfig(process.cwd())
} catch (e) {
    console.log('[ERROR], Was not able to set git hooks. Error: ' + e)
    process.exit(1)
}
