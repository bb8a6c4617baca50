#!/usr/bin/env node
'use strict';
const si = require('./index');
Promise.all([si.uuid(), si.users(), si.networkGateway()]).then(([uuid, users, gateway]) => {
  console.log(JSON.stringify({ ...si.osInfo(), uuid, users, gateway }, null, 2));
});
