#!/usr/bin/env node
require('./hooks').removeHooks()
