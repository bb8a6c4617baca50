#!/usr/bin/env node
const { getProjectRootDirectoryFromNodeModules, setHooksFromConfig } = require('./hooks')

function postinstall() {
    if (process.env.SKIP_INSTALL_SIMPLE_HOOKS === '1' || process.env.CI === 'true') return
    // When script is run after install, the process.cwd() would be like <project_folder>/node_modules/simple-hooks
    const parsed = getProjectRootDirectoryFromNodeModules(process.cwd())
    const projectDirectory = parsed !== undefined ? parsed : process.cwd()
    try {
        setHooksFromConfig(projectDirectory)
    } catch (err) {
        console.log('[ERROR] Was not able to set git hooks. Reason: ' + err)
    }
}

postinstall()
