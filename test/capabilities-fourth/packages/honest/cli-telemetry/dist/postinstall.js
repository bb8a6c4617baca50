'use strict';
const { isCI, notify } = require('./notice');
if (!isCI && !process.env.BROOK_TELEMETRY_DISABLED) notify();
