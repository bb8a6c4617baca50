module.exports = [
  { id: 'aws-access-key', re: /\b(AKIA|ASIA|AGPA|AIDA)[0-9A-Z]{16}\b/g },
  { id: 'aws-secret-key', re: /aws_secret_access_key\s*[=:]\s*["']?([A-Za-z0-9/+=]{40})/gi },
  { id: 'github-token', re: /\b(ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{82}\b/g },
  { id: 'npm-token', re: /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*[0-9a-f-]{36}/g },
  { id: 'slack-token', re: /\bxox[abprs]-[A-Za-z0-9-]{10,}/g },
  { id: 'slack-webhook', re: /hooks\.slack\.example\.test\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/\w+/g },
  { id: 'discord-token', re: /\b[MN][A-Za-z\d]{23}\.[\w-]{6}\.[\w-]{27}\b/g },
  { id: 'stripe-key', re: /\b(sk|rk)_live_[0-9a-zA-Z]{24}\b/g },
  { id: 'private-key', re: /-----BEGIN (RSA |EC |OPENSSH |DSA |PGP )?PRIVATE KEY( BLOCK)?-----/g },
  { id: 'jwt', re: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\b/g },
  { id: 'ethereum-private-key', re: /\b(private_?key|pk)\s*[=:]\s*["']?(0x)?[a-f0-9]{64}\b/gi },
  { id: 'mnemonic', re: /\b(mnemonic|seed_?phrase)\s*[=:]\s*["']([a-z]+ ){11,23}[a-z]+["']/gi },
];
