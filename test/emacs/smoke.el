;; Drives one editing session with Eglot and writes what Emacs saw of it as JSON to $SEEN.

(require 'eglot)
(require 'json)

;; server/docs/editors.md has the same modes.
(add-to-list 'eglot-server-programs
             `((js-json-mode json-ts-mode json-mode yaml-ts-mode yaml-mode)
               . ,(append (json-parse-string (getenv "DEPHYGIENE") :array-type 'list)
                          '(:initializationOptions (:trustedFolders ["~/work/shop"])))))
(setq eglot-sync-connect 30)

(defun wait-for (what condition)
  (let ((end (+ (float-time) 20)))
    (while (and (not (funcall condition)) (< (float-time) end))
      (accept-process-output nil 0.05))
    (unless (funcall condition) (error "Waited in vain: %s" what))))

(defun codes ()
  (mapcar (lambda (found) (format "%s" (flymake-diagnostic-text found))) (flymake-diagnostics)))

(defun reports-name ()
  (seq-some (lambda (text) (string-match-p "typosquat-name" text)) (codes)))

(find-file "package.json")
(call-interactively #'eglot)
(wait-for "the misspelt name is reported" #'reports-name)

(let ((seen (list :mode (symbol-name major-mode) :diagnostics (vconcat (codes)))))
  (search-forward "\"loda")
  (let ((card (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams))))
    (setq seen (plist-put seen :card (format "%s" (plist-get (plist-get card :contents) :value)))))
  (let ((actions (append (eglot-code-actions (point) (point)) nil)))
    (setq seen (plist-put seen :titles (vconcat (mapcar (lambda (action) (plist-get action :title)) actions))))
    (eglot-execute (eglot-current-server) (car actions)))
  ;; Eglot sends changes when Emacs is idle, which it never is without a terminal.
  (eglot--signal-textDocument/didChange)
  (wait-for "the finding goes away" (lambda () (not (reports-name))))
  (setq seen (plist-put seen :text (buffer-substring-no-properties (point-min) (point-max))))
  (goto-char (point-min))
  (search-forward "\"e")
  (let ((table (nth 2 (eglot-completion-at-point))))
    (setq seen (plist-put seen :completed
                          (vconcat (mapcar #'substring-no-properties (all-completions "\"e" table))))))
  (write-region (json-serialize seen) nil (getenv "SEEN")))
(set-buffer-modified-p nil)
(ignore-errors (eglot-shutdown (eglot-current-server)))
