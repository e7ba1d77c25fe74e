"""Where the project lives, from the setting `repository` of `_config.yml`; perhaps nowhere yet."""

from dataclasses import dataclass

GITHUB = "https://github.com/"
COLAB = "https://colab.research.google.com/github/"


@dataclass(frozen=True)
class Repository:
    """A repository's address, its branch, and the folder in it that holds `_config.yml`."""

    url: str = ""
    branch: str = "main"
    folder: str = ""

    @classmethod
    def of(cls, setting: dict) -> "Repository":
        """From the setting as `_config.yml` has it."""
        url = (setting.get("url") or "").rstrip("/").removesuffix(".git")
        folder = (setting.get("path_to_book") or "").strip("/")
        return cls(url, setting.get("branch") or "main", folder)

    def for_pip(self) -> str:
        """What pip installs the package from, or nothing."""
        inside = f"#subdirectory={self.folder}" if self.folder else ""
        return f"git+{self.url}@{self.branch}{inside}" if self.url else ""

    def on_colab(self, stem: str) -> str:
        """The address of a chapter's notebook on Colab, which opens from GitHub alone."""
        if not self.url.startswith(GITHUB):
            return ""
        path = "/".join(filter(None, (self.folder, f"book/{stem}.ipynb")))
        return f"{COLAB}{self.url.removeprefix(GITHUB)}/blob/{self.branch}/{path}"
