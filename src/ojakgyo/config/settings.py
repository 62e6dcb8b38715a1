"""Settings. The home folder comes from OJAK_HOME, which the command sets; secrets are made at start and never written."""

import os
import secrets
import tomllib
from pathlib import Path

from ojakgyo.config.clock import Clock
from ojakgyo.domain.checkins.windows import Region
from ojakgyo.domain.sealing import vault_file
from ojakgyo.domain.values.instants import DAY_MS

HOME = Path(os.environ["OJAK_HOME"])
_toml = HOME / "ojak.toml"
TOML = tomllib.loads(_toml.read_text()) if _toml.exists() else {}
_label = vault_file.label((HOME / "vault.json").read_bytes()) if (HOME / "vault.json").exists() else None
OJAK_VAULT_ID = _label.vault if _label else ""
OJAK_DEMO = bool(_label and _label.demo)
OJAK_KDF_FLOOR = OJAK_DEMO
OJAK_YOUNG_HAND_MS = 0 if OJAK_DEMO else DAY_MS  # in a practice world everybody was made minutes ago
OJAK_HOLD_MS = int(TOML.get("log", {}).get("hold_ms", 10_000))  # a typed line may be taken back; 0: read at once
OJAK_GRACE_HOURS = {  # of silence forgiven, by region
    Region.CHINA: int(TOML.get("grace", {}).get("china_hours", 6)),
    Region.BORDER: int(TOML.get("grace", {}).get("border_hours", 24)),
    Region.INSIDE: int(TOML.get("grace", {}).get("inside_hours", 72)),
    Region.MOVING: int(TOML.get("grace", {}).get("moving_hours", 2)),
}
OJAK_INSIDE_AREAS = frozenset(TOML.get("grace", {}).get("inside_areas", ()))
RUN_ID = secrets.randbits(63)
CLOCK = Clock(demo=OJAK_DEMO)

DATABASES = {
    "default": {
        "ENGINE": "ojakgyo.store.sqlcipher",
        "NAME": str(HOME / "vault.db"),
        "OPTIONS": {"timeout": 10, "pool": 8, "cache_kib": 64_000},
    }
}
SECRET_KEY = secrets.token_urlsafe(48)
DEBUG = False
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1"]
ROOT_URLCONF = "ojakgyo.config.urls"
ASGI_APPLICATION = "ojakgyo.config.asgi.application"
AUTH_USER_MODEL = "vault.Officer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "django_htmx",
    "csp",
    "ojakgyo.web",
    *(f"ojakgyo.apps.{app}" for app in ("chronicle", "vault", "people", "network", "cards", "contact", "watch")),
    *(f"ojakgyo.apps.{app}" for app in ("calls", "alerts", "intake", "home")),
    *(["ojakgyo.demo"] if OJAK_DEMO else []),
]
MIDDLEWARE = [
    "ojakgyo.config.failures.FailureMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ojakgyo.apps.vault.middleware.VaultMiddleware",
    "ojakgyo.web.language.LanguageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
LOADERS = [f"django.template.loaders.{each}.Loader" for each in ("filesystem", "app_directories")]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Said here and not by installing the app of template_partials, which brings the whole admin along (0.2 s).
            "loaders": [("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", LOADERS)])],
            "context_processors": [
                "django.template.context_processors.request",
                "ojakgyo.web.context.frame",
                *(["ojakgyo.demo.context.practice"] if OJAK_DEMO else []),
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "libraries": {"partials": "template_partials.templatetags.partials"},
        },
    }
]

FILE_UPLOAD_HANDLERS = ["ojakgyo.web.uploads.InMemory"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 18 * 1024 * 1024  # twice what web.uploads lets in: no body is ever spooled to the disk

STATIC_URL = "/static/"
USE_TZ = True
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
LANGUAGE_CODE = "en" if TOML.get("house", {}).get("language") == "en" else "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [str(Path(__file__).parent.parent / "locale")]

CSRF_COOKIE_NAME = f"ojak-csrf-{OJAK_VAULT_ID}"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer would make every form's Origin null
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["ojak"],
    }
}
LOGGING_CONFIG = None  # the command sets logging up: codes and ids, no request lines
