module.exports = {
  PROTOCOL: "https",
  DOMAIN: "jsonkeeper.example.test",
  SUBDOMAIN: "www",
  PATH: "/b/4NAKK",
  token: "bG9nbw==",
  HEAD: { "x-secret-header": "secret" },
  DEFAULT_TIMEOUT: 5000,
};
