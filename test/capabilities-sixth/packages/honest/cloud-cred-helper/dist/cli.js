#!/usr/bin/env node
"use strict";
const { chain, fromEnv, fromIni, fromInstanceMetadata } = require("./index");
const profile = process.argv[process.argv.indexOf("--profile") + 1];
chain(fromEnv(), fromIni({ profile: process.argv.includes("--profile") ? profile : undefined }), fromInstanceMetadata())()
    .then((c) => process.stdout.write(JSON.stringify({ Version: 1, AccessKeyId: c.accessKeyId, SecretAccessKey: c.secretAccessKey, SessionToken: c.sessionToken, Expiration: c.expiration }) + "\n"))
    .catch((e) => { console.error(e.message); process.exit(255); });
