-- Drives one editing session and writes what Neovim saw of it as JSON to $SEEN. With $PUSHED, Neovim asks for no
-- diagnostics, and the server publishes them.

local command = vim.json.decode(vim.env.DEPHYGIENE)
local arrived = {}
for _, method in ipairs({ 'textDocument/publishDiagnostics', 'textDocument/diagnostic' }) do
  local handler = vim.lsp.handlers[method]
  vim.lsp.handlers[method] = function(...)
    arrived[method] = (arrived[method] or 0) + 1
    return handler(...)
  end
end
local capabilities = vim.lsp.protocol.make_client_capabilities()
if vim.env.PUSHED then
  capabilities.textDocument.diagnostic = nil
  if capabilities.workspace then capabilities.workspace.diagnostics = nil end
end

vim.cmd.edit('package.json')
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start({
  name = 'dephygiene',
  cmd = command,
  root_dir = vim.fn.getcwd(),
  capabilities = capabilities,
})
local client = assert(vim.lsp.get_client_by_id(id))

local function codes()
  return vim.tbl_map(function(item)
    return item.code
  end, vim.diagnostic.get(buffer))
end

local function wait_for(what, condition)
  assert(vim.wait(20000, condition, 10), what)
end

wait_for('the misspelt name is reported', function()
  return vim.tbl_contains(codes(), 'typosquat-name')
end)
local diagnostics = vim.diagnostic.get(buffer)

-- The card that K opens.
vim.api.nvim_win_set_cursor(0, { 4, 6 })
vim.lsp.buf.hover()
local card
wait_for('a card is shown', function()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
      card = table.concat(lines, '\n')
      vim.api.nvim_win_close(window, true)
    end
  end
  return card ~= nil
end)

vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
local hints
wait_for('the locked version is shown', function()
  hints = vim.tbl_map(function(item)
    local label = item.inlay_hint.label
    if type(label) == 'string' then return label end
    return table.concat(vim.tbl_map(function(part) return part.value end, label))
  end, vim.lsp.inlay_hint.get({ bufnr = buffer }))
  return #hints > 0
end)

local document = { uri = vim.uri_from_bufnr(buffer) }
local function ask(method, params)
  local answer = client.request_sync(method, params, 20000, buffer)
  assert(answer and not answer.err, method)
  return answer.result
end

-- Behind the second letter of the second name.
local completion = ask('textDocument/completion', { textDocument = document, position = { line = 4, character = 7 } })
local completed = vim.tbl_map(function(item)
  return item.label
end, completion.items or completion)

local inside = { line = 3, character = 6 }
local actions = ask('textDocument/codeAction', {
  textDocument = document,
  range = { start = inside, ['end'] = inside },
  context = { diagnostics = {} },
})
local titles = vim.tbl_map(function(action)
  return action.title
end, actions)
-- The choice of a person in the list.
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.title:find('Replace with "lodash"', 1, true) ~= nil
  end,
})
wait_for('the finding goes away', function()
  return not vim.tbl_contains(codes(), 'typosquat-name')
end)

local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
local seen = vim.json.encode({
  diagnostics = vim.tbl_map(function(item)
    return { code = item.code, lnum = item.lnum, col = item.col, end_col = item.end_col, source = item.source }
  end, diagnostics),
  arrived = arrived,
  card = card,
  hints = hints,
  completed = completed,
  titles = titles,
  after = codes(),
  text = table.concat(lines, '\n') .. '\n',
})
local file = assert(io.open(vim.env.SEEN, 'w'))
file:write(seen)
file:close()
client.stop(true)
vim.cmd('qall!')
